// y = max(x, 0): problems to test it on, cases to measure it with. No rounding, so every value must
// be right; NaN must stay NaN, and −0 passes for 0.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/failure.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using ReluKernel = void (*)(std::span<const float> x, std::span<float> y);

/// One call. In place: y is x.
struct ReluProblem {
  std::int64_t size = 0;
  std::int64_t in_place = 0;  // 0 or 1
  std::int64_t misalign = 0;
  Values values = Values::unit;
  Before before = Before::finite;  // of y, unless in place
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(ReluKernel kernel) const;
};

/// A measured case, out of place, verified in full.
[[nodiscard]] Case relu_case(const std::string& kernel_name, ReluKernel kernel, std::int64_t size);

}  // namespace rooflab::testing
