// b = aᵀ: problems to test it on, cases to measure it with. A copy, so every bit of it must be
// right.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/failure.h>

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
  Before before = Before::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(TransposeKernel kernel) const;
};

/// A measured case, verified in full.
[[nodiscard]] Case transpose_case(const std::string& kernel_name, TransposeKernel kernel,
                                  std::int64_t rows, std::int64_t cols);

}  // namespace rooflab::testing
