// y(i, j) = s·gelu(x(i, j) + b[j]), the tanh form: problems to test it on, cases to measure it
// with.
//
// The bound is gelu's (gelu.h) for an argument that was rounded once, x + b; the product with s
// rounds once more, and may underflow.
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

using BiasGeluScaleKernel = void (*)(MatrixView<const float> x, std::span<const float> b, float s,
                                     MatrixView<float> y);

/// One call: x and y are rows×cols, b has cols elements. In place: y is x.
struct BiasGeluScaleProblem {
  std::int64_t rows = 0, cols = 0;
  float scale = 0.75F;
  std::int64_t pad_x = 0, pad_y = 0;  // in place, pad_y is that of both
  std::int64_t in_place = 0;          // 0 or 1
  std::int64_t misalign = 0;
  std::int64_t special = 0;  // 1: NaN and infinity among x and b, and results that are next to 0
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: x ends where a page does; 2: b does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(BiasGeluScaleKernel kernel) const;
};

/// A measured case, out of place. Verified by comparing a random tenth of every row.
[[nodiscard]] Case bias_gelu_scale_case(Named<BiasGeluScaleKernel> kernel, std::int64_t rows,
                                        std::int64_t cols);

/// What every such kernel promises, a test case each: see core/promise.h.
namespace bias_gelu_scale {

void applies_to_any_shape(Named<BiasGeluScaleKernel> kernel);
void honours_strides(Named<BiasGeluScaleKernel> kernel);
void works_in_place(Named<BiasGeluScaleKernel> kernel);
void takes_any_scale(Named<BiasGeluScaleKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<BiasGeluScaleKernel> kernel);
void reads_nothing_behind_its_inputs(Named<BiasGeluScaleKernel> kernel);
void overwrites_what_the_output_held(Named<BiasGeluScaleKernel> kernel);
void carries_NaN_and_infinity(Named<BiasGeluScaleKernel> kernel);

}  // namespace bias_gelu_scale

}  // namespace rooflab::testing
