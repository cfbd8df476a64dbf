// c = a·b for a sparse a in compressed rows (CSR): problems to test it on, cases to measure it
// with, and what "right" means.
//
// A float sum of z products, in any order and with or without fused multiply-add, is within
// γz · Σ|aᵢₚ||bₚⱼ| of the exact value (Higham 2002, section 3.1), plus what underflow costs; z is
// how many elements the row has, not how long it would be if it were dense. What b holds where a
// has no element does not matter: it is not multiplied by 0.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/view.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using SpmmKernel = void (*)(std::span<const std::int32_t> row_starts,
                            std::span<const std::int32_t> columns, std::span<const float> values,
                            MatrixView<const float> b, MatrixView<float> c);

/// One call: a is m×k, b is k×n, c is m×n. Padding is how much longer a row's stride is than the
/// row.
struct SpmmProblem {
  MatmulShape shape;
  std::int64_t zeros = 70;  // percent of a's elements: each is there or not by chance
  std::int64_t ragged = 0;  // 1: of three rows in turn one is empty and one full
  std::int64_t pad_b = 0, pad_c = 0;
  std::int64_t misalign = 0;
  Values values = Values::unit;  // of b, and of a but for `special`, where a has unit values
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // what ends where a page does, 1 to 4: row_starts, …, b
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(SpmmKernel kernel) const;
};

/// A measured case, such as spmm_csr/512x510x512-90 with 90 percent of zeros. Verified by comparing
/// a random tenth of the elements.
[[nodiscard]] Case spmm_case(Named<SpmmKernel> kernel, MatmulShape shape, std::int64_t zeros);
/// What every sparse product promises, a test case each: see core/promise.h.
namespace spmm {

void multiplies_any_shape(Named<SpmmKernel> kernel);
void multiplies_any_density(Named<SpmmKernel> kernel);
void accepts_empty_and_full_rows(Named<SpmmKernel> kernel);
void accepts_empty_matrices(Named<SpmmKernel> kernel);
void takes_many_columns_and_elements(Named<SpmmKernel> kernel);
void honours_strides(Named<SpmmKernel> kernel);
void takes_pointers_aligned_to_an_element(Named<SpmmKernel> kernel);
void reads_nothing_behind_its_inputs(Named<SpmmKernel> kernel);
void overwrites_what_the_output_held(Named<SpmmKernel> kernel);
void keeps_huge_and_tiny_values(Named<SpmmKernel> kernel);
/// And multiplies nothing by a 0 that is not stored.
void carries_NaN_and_infinity(Named<SpmmKernel> kernel);

}  // namespace spmm

}  // namespace rooflab::testing
