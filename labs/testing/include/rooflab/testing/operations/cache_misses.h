// Counting cache misses through PAPI: problems to test it on. PAPI and the operation are the
// driver's (labs/06_profiling/papi_stand_in.h), which also tells what was left behind.
#pragma once

#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using CacheMissesKernel = void (*)(std::span<const std::int32_t> kinds,
                                   std::span<const double> misses, int start, bool throws,
                                   std::span<double> facts);

/// Kinds of events, as the driver numbers them.
enum class EventIs : std::int32_t { counted, unknown, not_here, in_conflict, forbidden };

/// Whether PAPI can be initialised.
enum class PapiStart : std::int32_t { succeeds, fails, is_another_version };

/// One call.
struct CacheMissesProblem {
  std::vector<EventIs> events;
  PapiStart start = PapiStart::succeeds;
  std::int64_t most_misses = 1'000'000;
  bool throws = false;
  Key key = next_key();

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(CacheMissesKernel kernel) const;
};

/// What it promises, a test case each: see core/promise.h.
namespace cache_misses {

void counts_the_misses_of_one_call(Named<CacheMissesKernel> kernel);
void counts_more_than_32_bits(Named<CacheMissesKernel> kernel);
void takes_the_first_event_that_can_be_counted(Named<CacheMissesKernel> kernel);
void says_so_when_no_event_can_be_counted(Named<CacheMissesKernel> kernel);
void says_so_when_PAPI_does_not_start(Named<CacheMissesKernel> kernel);
void leaves_nothing_behind_when_the_operation_throws(Named<CacheMissesKernel> kernel);

}  // namespace cache_misses

}  // namespace rooflab::testing
