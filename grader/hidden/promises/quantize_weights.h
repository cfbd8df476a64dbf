// What only the hidden tests demand of quantize weights.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/quantize_weights.h>

namespace rooflab::testing::quantize_weights {

inline void holds_on_random_problems(Named<QuantizeWeightsKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, QuantizeWeightsProblem{.rows = random.integer(0, 100),
                                         .cols = random.integer(0, 100),
                                         .per_channel = random.integer(0, 1),
                                         .largest = random.integer(0, 1) == 0 ? 7 : 127,
                                         .pad_w = random_padding(random),
                                         .pad_q = random_padding(random),
                                         .misalign = random.integer(0, 15),
                                         .zeros = random.integer(0, 1),
                                         .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::quantize_weights
