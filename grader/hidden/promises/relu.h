// What only the hidden tests demand of relu.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/relu.h>

namespace rooflab::testing::relu {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<ReluKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 20'000 : 300;
    check(kernel, ReluProblem{.size = random.integer(0, limit),
                              .in_place = random.integer(0, 1),
                              .misalign = random.integer(0, 15),
                              .values = random.integer(0, 1) == 0 ? Values::unit : Values::special,
                              .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::relu
