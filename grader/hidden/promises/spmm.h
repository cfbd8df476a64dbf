// What only the hidden tests demand of spmm.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/spmm.h>

namespace rooflab::testing::spmm {

/// Random shapes, densities, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<SpmmKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 200 : 40);
    };
    check(kernel, SpmmProblem{.shape = {extent(), extent(), extent()},
                              .zeros = random.integer(0, 100),
                              .ragged = random.integer(0, 1),
                              .pad_b = random_padding(random),
                              .pad_c = random_padding(random),
                              .misalign = random.integer(0, 15),
                              .values = random.integer(0, 3) == 0 ? Values::special : Values::unit,
                              .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::spmm
