// Convolution (NCHW, stride 1, zero padding): problems to test it on, cases to measure it with.
//
// An output is bias + a sum of C·R·S products; with K = C·R·S + 1 terms in any order it is within
// γₖ₊₁ · Σ|terms| of the exact value, plus what underflow costs.
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

using Conv2dKernel = void (*)(Tensor4View<const float> x, Tensor4View<const float> w,
                              std::span<const float> bias, std::int64_t padding,
                              Tensor4View<float> y);

/// x is batch×in_channels×height×width; w is out_channels×in_channels×kernel_h×kernel_w.
/// Precondition: the output has no negative extent.
struct Conv2dShape {
  std::int64_t batch = 1, in_channels = 1, height = 1, width = 1;
  std::int64_t out_channels = 1, kernel_h = 1, kernel_w = 1;
  std::int64_t padding = 0;

  [[nodiscard]] std::int64_t out_height() const { return height + 2 * padding - kernel_h + 1; }
  [[nodiscard]] std::int64_t out_width() const { return width + 2 * padding - kernel_w + 1; }
};

/// One call.
struct Conv2dProblem {
  Conv2dShape shape;
  std::int64_t with_bias = 1;  // 0 or 1
  std::int64_t misalign = 0;
  Values values = Values::unit;  // of x and bias; weights are always near 1, since 0 · ∞ is NaN
  InitialOutput initial_output = InitialOutput::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(Conv2dKernel kernel) const;
};

/// A measured case. Verified by comparing a random tenth of the outputs, each channel included.
[[nodiscard]] Case conv2d_case(Named<Conv2dKernel> kernel, Conv2dShape shape);

/// What every convolution promises, a test case each: see core/promise.h.
namespace conv2d {

void convolves_any_shape(Named<Conv2dKernel> kernel);
void pads_with_zeros(Named<Conv2dKernel> kernel);
void accepts_empty_tensors(Named<Conv2dKernel> kernel);
void works_without_bias(Named<Conv2dKernel> kernel);
void overwrites_what_the_output_held(Named<Conv2dKernel> kernel);
void keeps_every_kind_of_value(Named<Conv2dKernel> kernel);

}  // namespace conv2d

}  // namespace rooflab::testing
