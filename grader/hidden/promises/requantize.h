// What only the hidden tests demand of requantize.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/requantize.h>

namespace rooflab::testing::requantize {

template <class Kernel>
void holds_on_random_problems(Named<Kernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, RequantizeProblem{.rows = random.integer(0, 30),
                                    .cols = random.integer(0, 150),
                                    .pad_acc = random_padding(random),
                                    .pad_out = random_padding(random),
                                    .misalign = random.integer(0, 15),
                                    .zero_point = random.integer(0, 255),
                                    .sums = static_cast<Sums>(random.integer(0, 2)),
                                    .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::requantize
