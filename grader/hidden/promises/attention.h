// What only the hidden tests demand of attention.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/attention.h>

namespace rooflab::testing::attention {

/// Random shapes, layouts, lengths and scores, drawn from the session's key.
inline void holds_on_random_problems(Named<AttentionKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 150 : 40);
    };
    const bool special = random.integer(0, 3) == 0;  // ∞ times a weight that underflows is NaN
    check(kernel,
          AttentionProblem{.shape = {extent(), extent(), extent(), extent()},
                           .lengths = static_cast<Lengths>(random.integer(0, 3)),
                           .scores = static_cast<Scores>(special ? 0 : random.integer(0, 6)),
                           .values = special ? AttentionValues::special : AttentionValues::unit,
                           .garbage = random.integer(0, 1) * random.integer(0, 10),
                           .pad_q = random_padding(random),
                           .pad_k = random_padding(random),
                           .pad_v = random_padding(random),
                           .pad_out = random_padding(random),
                           .misalign = random.integer(0, 15),
                           .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::attention
