// What only the hidden tests demand of softmax.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/softmax.h>

#include <cstdint>

namespace rooflab::testing::softmax {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<SoftmaxKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, SoftmaxProblem{.rows = random.integer(0, 40),
                                 .cols = random.integer(0, random.integer(0, 3) == 0 ? 700 : 40),
                                 .pad_x = random_padding(random),
                                 .pad_y = random_padding(random),
                                 .misalign = random.integer(0, 15),
                                 .logits = static_cast<Logits>(random.integer(0, 5)),
                                 .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::softmax
