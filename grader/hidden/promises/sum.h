// What only the hidden tests demand of sum.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/sum.h>

namespace rooflab::testing::sum {

/// Random sizes and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<SumKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 200'000 : 6000;
    check(kernel, SumProblem{.size = random.integer(0, limit),
                             .misalign = random.integer(0, 15),
                             .whole = random.integer(0, 1) == 0});
  }
}

}  // namespace rooflab::testing::sum
