// What only the hidden tests demand of linear.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/linear.h>

namespace rooflab::testing::linear {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<LinearKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 150 : 40);
    };
    check(kernel, LinearProblem{.shape = {extent(), extent(), extent()},
                                .pad_x = random_padding(random),
                                .pad_w = random_padding(random),
                                .pad_y = random_padding(random),
                                .with_bias = random.integer(0, 1),
                                .misalign = random.integer(0, 15),
                                .initial_output = random_initial_output(random)});
  }
}

inline void takes_pointers_aligned_to_a_float(Named<LinearKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, LinearProblem{.shape = {6, 19, 21}, .misalign = misalign});
  }
}

}  // namespace rooflab::testing::linear
