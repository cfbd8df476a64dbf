// What only the hidden tests demand of infer.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/infer.h>

namespace rooflab::testing::infer {

/// Random shapes and layouts, drawn from the session's key.
inline void holds_on_random_problems(Named<InferKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems / 2; ++i) {
    check(kernel, InferProblem{.shape = {random.integer(1, 60), random.integer(1, 100),
                                         random.integer(1, 90), random.integer(1, 50),
                                         random.integer(1, 50)},
                               .pad = random_padding(random),
                               .misalign = random.integer(0, 15),
                               .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::infer
