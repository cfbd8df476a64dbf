// What only the hidden tests demand of pool.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/pool.h>

namespace rooflab::testing::pool {

/// Random pools, drawn from the session's key.
inline void holds_on_random_problems(Named<PoolKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, PoolProblem{.tasks = random.integer(0, 200),
                              .threads = random.integer(1, 8),
                              .rounds = random.integer(0, 5),
                              .fanout = random.integer(0, 1) * random.integer(1, 4),
                              .failing = random.integer(0, 1) * random.integer(1, 9),
                              .steps = random.integer(1, 3000)});
  }
}

}  // namespace rooflab::testing::pool
