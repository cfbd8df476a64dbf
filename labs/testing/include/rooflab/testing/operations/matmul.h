// c = a·b: problems to test it on, cases to measure it with, and what "right" means.
//
// A float sum of k products, in any order and with or without fused multiply-add, is within
// γₖ₊₁ · Σ|aᵢₚ||bₚⱼ| of the exact value (Higham 2002, section 3.1), plus what underflow costs.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rooflab::testing {

using MatmulKernel = void (*)(MatrixView<const float>, MatrixView<const float>, MatrixView<float>);

/// a is m×k, b is k×n, c is m×n.
struct MatmulShape {
  std::int64_t m = 0, k = 0, n = 0;
};

/// One call. Padding is how much longer a row's stride is than the row.
struct MatmulProblem {
  MatmulShape shape;
  std::int64_t pad_a = 0, pad_b = 0, pad_c = 0;
  std::int64_t misalign = 0;
  Values values = Values::unit;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: a ends where a page does; 2: b does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(MatmulKernel kernel) const;
};

/// A measured case. Verified by Freivalds' check (Freivalds 1977: multiply both sides by a random
/// vector, O(n²)) and by comparing a random part of the rows in full.
[[nodiscard]] Case matmul_case(Named<MatmulKernel> kernel, MatmulShape shape);

/// What every matrix product promises, a test case each: see core/promise.h.
namespace matmul {

void multiplies_any_shape(Named<MatmulKernel> kernel);
void accepts_empty_matrices(Named<MatmulKernel> kernel);
void honours_strides(Named<MatmulKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<MatmulKernel> kernel);
void reads_nothing_behind_its_inputs(Named<MatmulKernel> kernel);
void overwrites_what_the_output_held(Named<MatmulKernel> kernel);
void keeps_huge_and_tiny_values(Named<MatmulKernel> kernel);
void carries_NaN_and_infinity(Named<MatmulKernel> kernel);

}  // namespace matmul

}  // namespace rooflab::testing
