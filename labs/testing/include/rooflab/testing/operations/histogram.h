// How often each of 256 values occurs, on any number of threads: problems to test it on, cases to
// measure it with. Counts are exact.
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

using HistogramKernel = void (*)(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                                 int threads);

/// One call.
struct HistogramProblem {
  std::int64_t size = 0;
  std::int64_t threads = 1;
  std::int64_t values = 256;  // how many different ones: the fewer, the more threads meet
  std::int64_t misalign = 0;
  InitialOutput initial_output = InitialOutput::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(HistogramKernel kernel) const;
};

/// A measured case, of all values, verified in full.
[[nodiscard]] Case histogram_case(Named<HistogramKernel> kernel, std::int64_t size, int threads);

/// What every histogram promises, a test case each: see core/promise.h.
namespace histogram {

void counts_any_size(Named<HistogramKernel> kernel);
void loses_no_count(Named<HistogramKernel> kernel);
void works_with_more_threads_than_elements(Named<HistogramKernel> kernel);
void overwrites_what_the_output_held(Named<HistogramKernel> kernel);

}  // namespace histogram

}  // namespace rooflab::testing
