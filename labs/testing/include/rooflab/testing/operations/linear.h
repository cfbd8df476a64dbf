// A fully connected layer, y = x·wᵀ + bias: problems to test it on, cases to measure it with.
//
// An output is a sum of k products and the bias; in any order it is within
// γₖ₊₂ · (|bias| + Σ|xᵢₚ||wₒₚ|) of the exact value (Higham 2002, section 3.1), plus what underflow
// costs.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using LinearKernel = void (*)(MatrixView<const float> x, MatrixView<const float> w,
                              std::span<const float> bias, MatrixView<float> y);

/// x is batch×in, w is out×in, bias has `out` elements or none, y is batch×out.
struct LinearShape {
  std::int64_t batch = 0, in = 0, out = 0;
};

/// One call.
struct LinearProblem {
  LinearShape shape;
  std::int64_t pad_x = 0, pad_w = 0, pad_y = 0;
  std::int64_t with_bias = 1;  // 0 or 1
  std::int64_t misalign = 0;
  Values values = Values::unit;  // of x, w and bias
  InitialOutput initial_output = InitialOutput::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(LinearKernel kernel) const;
};

/// A measured case, with bias. Verified by comparing a random tenth of every row.
[[nodiscard]] Case linear_case(Named<LinearKernel> kernel, LinearShape shape);

/// What every fully connected layer promises, a test case each: see core/promise.h.
namespace linear {

void applies_to_any_shape(Named<LinearKernel> kernel);
void accepts_empty_layers(Named<LinearKernel> kernel);
void works_without_bias(Named<LinearKernel> kernel);
void honours_strides(Named<LinearKernel> kernel);
void overwrites_what_the_output_held(Named<LinearKernel> kernel);
void keeps_every_kind_of_value(Named<LinearKernel> kernel);

}  // namespace linear

}  // namespace rooflab::testing
