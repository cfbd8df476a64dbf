// What only the hidden tests demand of dot.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/dot.h>

namespace rooflab::testing::dot {

/// Random sizes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<DotKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t whole = random.integer(0, 1);
    check(kernel, DotProblem{.size = random.integer(0, whole != 0 ? 50'000 : 1000),
                             .whole = whole,
                             .misalign_x = random.integer(0, 15),
                             .misalign_y = random.integer(0, 15)});
  }
}

}  // namespace rooflab::testing::dot
