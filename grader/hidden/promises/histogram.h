// What only the hidden tests demand of histogram.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/histogram.h>

namespace rooflab::testing::histogram {

/// Random sizes and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<HistogramKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 400'000 : 1000;
    check(kernel, HistogramProblem{.size = random.integer(0, limit),
                                   .threads = random.integer(1, 8),
                                   .values = random.integer(1, 256),
                                   .misalign = random.integer(0, 15),
                                   .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::histogram
