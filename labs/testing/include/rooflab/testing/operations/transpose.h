// b = aᵀ: problems to test it on, cases to measure it with. A copy, so every bit of it must be
// right.
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

using TransposeKernel = void (*)(MatrixView<const float>, MatrixView<float>);

/// One call: a is rows×cols, b is cols×rows.
struct TransposeProblem {
  std::int64_t rows = 0, cols = 0;
  std::int64_t pad_a = 0, pad_b = 0;
  std::int64_t misalign = 0;
  Values values = Values::unit;
  InitialOutput initial_output = InitialOutput::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(TransposeKernel kernel) const;
};

/// A measured case, verified in full.
[[nodiscard]] Case transpose_case(Named<TransposeKernel> kernel, std::int64_t rows,
                                  std::int64_t cols);

/// What every transpose promises, a test case each: see core/promise.h.
namespace transpose {

void transposes_any_shape(Named<TransposeKernel> kernel);
void honours_strides(Named<TransposeKernel> kernel);
void overwrites_what_the_output_held(Named<TransposeKernel> kernel);
void copies_every_value(Named<TransposeKernel> kernel);

}  // namespace transpose

}  // namespace rooflab::testing
