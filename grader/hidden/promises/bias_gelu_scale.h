// What only the hidden tests demand of bias gelu scale.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/bias_gelu_scale.h>

namespace rooflab::testing::bias_gelu_scale {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<BiasGeluScaleKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel,
          BiasGeluScaleProblem{.rows = random.integer(0, 40),
                               .cols = random.integer(0, random.integer(0, 3) == 0 ? 700 : 40),
                               .scale = static_cast<float>(random.uniform(-4, 4)),
                               .pad_x = random_padding(random),
                               .pad_y = random_padding(random),
                               .in_place = random.integer(0, 1),
                               .misalign = random.integer(0, 15),
                               .special = random.integer(0, 1),
                               .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::bias_gelu_scale
