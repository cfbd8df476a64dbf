// What only the hidden tests demand of cache misses.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/cache_misses.h>

namespace rooflab::testing::cache_misses {

/// Random lists of events, drawn from the session's key.
inline void holds_on_random_events(Named<CacheMissesKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    CacheMissesProblem p{.events = {},
                         .most_misses = random.integer(0, 1'000'000'000'000),
                         .throws = random.integer(0, 3) == 0};
    for (std::int64_t n = random.integer(0, 7); n > 0; --n) {
      p.events.push_back(static_cast<EventIs>(random.integer(0, 4)));
    }
    if (random.integer(0, 5) == 0) p.start = static_cast<PapiStart>(random.integer(1, 2));
    check(kernel, p);
  }
}

}  // namespace rooflab::testing::cache_misses
