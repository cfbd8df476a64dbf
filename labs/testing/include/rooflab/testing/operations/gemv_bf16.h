// y = w·x for a matrix of bf16 weights: problems to test it on, cases to measure it with, and what
// "right" means.
//
// A weight is a float, so the bound is that of a dot product: a float sum of n products, in any
// order and with or without fused multiply-add, is within γₙ · Σ|wᵢⱼ||xⱼ| of the exact value
// (Higham 2002, section 3.1), plus what underflow costs. For large n that is more than a term is
// worth. So measured problems are made of whole numbers, small enough that every sum of products is
// exact, whatever its order: there the bound is 0, and one lost term shows.
#pragma once

#include <rooflab/bf16.h>
#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/view.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

/// One call, with weights of type Weight: Bf16, or float for what it is compared with. w is
/// rows×cols.
template <class Weight>
struct GemvProblem {
  using Kernel = void (*)(MatrixView<const Weight> w, std::span<const float> x, std::span<float> y);

  std::int64_t rows = 0, cols = 0;
  std::int64_t whole = 0;  // 1: whole numbers whose sums are exact, in place of `values`
  std::int64_t pad_w = 0;
  std::int64_t misalign_w = 0, misalign_x = 0, misalign_y = 0;
  Values values = Values::unit;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: w ends where a page does; 2: x does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(Kernel kernel) const;
};

using GemvBf16Problem = GemvProblem<Bf16>;
using GemvBf16Kernel = GemvBf16Problem::Kernel;
using GemvFp32Kernel = GemvProblem<float>::Kernel;

/// Measured cases, of whole numbers, verified in full. Precondition: cols <= 2²⁴.
[[nodiscard]] Case gemv_case(Named<GemvBf16Kernel> kernel, std::int64_t rows, std::int64_t cols);
[[nodiscard]] Case gemv_case(Named<GemvFp32Kernel> kernel, std::int64_t rows, std::int64_t cols);

/// What every product of bf16 weights and a vector promises, a test case each: see core/promise.h.
namespace gemv_bf16 {

void multiplies_any_shape(Named<GemvBf16Kernel> kernel);
void accepts_nothing(Named<GemvBf16Kernel> kernel);
void loses_no_term_of_many(Named<GemvBf16Kernel> kernel);
void honours_strides(Named<GemvBf16Kernel> kernel);
void takes_pointers_aligned_to_an_element(Named<GemvBf16Kernel> kernel);
void reads_nothing_behind_its_inputs(Named<GemvBf16Kernel> kernel);
void overwrites_what_the_output_held(Named<GemvBf16Kernel> kernel);
void keeps_every_kind_of_value(Named<GemvBf16Kernel> kernel);

}  // namespace gemv_bf16

}  // namespace rooflab::testing
