// Softmax of each row: problems to test it on, cases to measure it with, and what "right" means.
//
// With d = x − max, p the exact result and n columns, a float result is within a relative
//   γₙ₊₂₀ + u·|dⱼ| + u·Σᵢ pᵢ|dᵢ|
// of p: γₙ for the sum in any order, γ₂₀ for two exps good to 4 ulp (8u each), a reciprocal and a
// product; and an error of u·|d| in an exponent, which rounding x − max leaves, is a relative error
// of the exponential (Higham 2002, sections 3.1 and 4.2; Blanchard, Higham and Higham, "Accurately
// computing the log-sum-exp and softmax functions", 2021). Denormal results add a few of the
// smallest float.
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

using SoftmaxKernel = void (*)(MatrixView<const float> x, MatrixView<float> y);

/// Kinds of rows. What is special about each trips up a softmax that leaves something out.
enum class Logits : std::uint8_t {
  unit,     // ±[0.5, 1): every term counts, so a lost one shows
  wide,     // within ±100: exp overflows above 88.7 unless the maximum is subtracted
  low,      // −1000 and a bit: every exp is 0 unless the maximum is subtracted
  huge,     // within ±3·10³⁸: x − max may be −∞
  equal,    // one value throughout: 1/n
  special,  // a few NaN, +∞ and −∞; every eighth row is −∞ throughout
};

/// One call: x and y are rows×cols.
struct SoftmaxProblem {
  std::int64_t rows = 0, cols = 0;
  std::int64_t pad_x = 0, pad_y = 0;
  std::int64_t misalign = 0;
  Logits logits = Logits::unit;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: x ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(SoftmaxKernel kernel) const;
};

/// A measured case, verified in full.
[[nodiscard]] Case softmax_case(Named<SoftmaxKernel> kernel, std::int64_t rows, std::int64_t cols);

/// What every row-wise softmax promises, a test case each: see core/promise.h.
namespace softmax {

void normalises_any_shape(Named<SoftmaxKernel> kernel);
void gives_one_in_a_single_column(Named<SoftmaxKernel> kernel);
void shares_equally_between_equals(Named<SoftmaxKernel> kernel);
void survives_values_that_exp_does_not(Named<SoftmaxKernel> kernel);
void carries_NaN_and_infinity(Named<SoftmaxKernel> kernel);
void honours_strides(Named<SoftmaxKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<SoftmaxKernel> kernel);
void reads_nothing_behind_its_input(Named<SoftmaxKernel> kernel);
void overwrites_what_the_output_held(Named<SoftmaxKernel> kernel);

}  // namespace softmax

}  // namespace rooflab::testing
