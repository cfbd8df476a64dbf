// What only the hidden tests demand of unary.
#pragma once

#include <rooflab/testing/core/walk.h>
#include <rooflab/testing/operations/unary.h>

namespace rooflab::testing::unary {

inline void holds_on_random_problems(Named<UnaryKernel> kernel, Function function) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 20'000 : 300;
    check(kernel, UnaryProblem{.function = function,
                               .size = random.integer(0, limit),
                               .in_place = random.integer(0, 1),
                               .misalign = random.integer(0, 15),
                               .arguments = static_cast<Arguments>(random.integer(0, 2)),
                               .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::unary
