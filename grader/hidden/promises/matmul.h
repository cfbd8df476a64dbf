// What only the hidden tests demand of matmul.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/matmul.h>

namespace rooflab::testing::matmul {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<MatmulKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 150 : 40);
    };
    check(kernel, MatmulProblem{.shape = {extent(), extent(), extent()},
                                .pad_a = random_padding(random),
                                .pad_b = random_padding(random),
                                .pad_c = random_padding(random),
                                .misalign = random.integer(0, 15),
                                .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::matmul
