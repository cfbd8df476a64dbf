// y = max(x, 0): problems to test it on, cases to measure it with. No rounding, so every value must
// be right; NaN must stay NaN, and −0 passes for 0.
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

using ReluKernel = void (*)(std::span<const float> x, std::span<float> y);

/// One call. In place: y is x.
struct ReluProblem {
  std::int64_t size = 0;
  std::int64_t in_place = 0;  // 0 or 1
  std::int64_t misalign = 0;
  Values values = Values::unit;
  InitialOutput initial_output = InitialOutput::finite;  // of y, unless in place
  std::int64_t at_page_end = 0;                          // 1: x ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(ReluKernel kernel) const;
};

/// A measured case, out of place, verified in full.
[[nodiscard]] Case relu_case(Named<ReluKernel> kernel, std::int64_t size);

/// What every relu promises, a test case each: see core/promise.h.
namespace relu {

void clips_any_size(Named<ReluKernel> kernel);
void works_in_place(Named<ReluKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<ReluKernel> kernel);
void reads_nothing_behind_its_input(Named<ReluKernel> kernel);
void overwrites_what_the_output_held(Named<ReluKernel> kernel);
void keeps_every_kind_of_value(Named<ReluKernel> kernel);

}  // namespace relu

}  // namespace rooflab::testing
