// What only the hidden tests demand of transpose.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/transpose.h>

#include <cstdint>

namespace rooflab::testing::transpose {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<TransposeKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, TransposeProblem{.rows = random.integer(0, 150),
                                   .cols = random.integer(0, 150),
                                   .pad_a = random_padding(random),
                                   .pad_b = random_padding(random),
                                   .misalign = random.integer(0, 15),
                                   .initial_output = random_initial_output(random)});
  }
}

inline void takes_pointers_aligned_to_a_float(Named<TransposeKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, TransposeProblem{.rows = 21, .cols = 34, .misalign = misalign});
  }
}

}  // namespace rooflab::testing::transpose
