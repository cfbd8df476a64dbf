// What only the hidden tests demand of batch.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/batch.h>

namespace rooflab::testing::batch {

/// Random shapes and failures, drawn from the session's key.
inline void holds_on_random_problems(Named<BatchKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, BatchProblem{.rows = random.integer(0, 120),
                               .cols = random.integer(1, 9),
                               .threads = random.integer(1, 8),
                               .failing = random.integer(0, 1) * random.integer(1, 9),
                               .steps = random.integer(1, 400),
                               .pad_batch = random_padding(random),
                               .pad_out = random_padding(random),
                               .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::batch
