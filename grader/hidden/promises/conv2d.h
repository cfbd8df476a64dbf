// What only the hidden tests demand of conv2d.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/conv2d.h>

#include <algorithm>

namespace rooflab::testing::conv2d {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<Conv2dKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    Conv2dShape s{.batch = random.integer(0, 3),
                  .in_channels = random.integer(0, 9),
                  .height = random.integer(0, 20),
                  .width = random.integer(0, 40),
                  .out_channels = random.integer(0, 9),
                  .kernel_h = random.integer(1, 5),
                  .kernel_w = random.integer(1, 5),
                  .padding = random.integer(0, 3)};
    s.height = std::max(s.height, s.kernel_h - 1 - 2 * s.padding);
    s.width = std::max(s.width, s.kernel_w - 1 - 2 * s.padding);
    check(kernel, Conv2dProblem{.shape = s,
                                .with_bias = random.integer(0, 1),
                                .misalign = random.integer(0, 15),
                                .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::conv2d
