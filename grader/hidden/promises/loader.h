// What only the hidden tests demand of loader.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/loader.h>

namespace rooflab::testing::loader {

/// Random loaders, drawn from the session's key.
inline void holds_on_random_problems(Named<LoaderKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t count = random.integer(1, 80);
    const auto ending = static_cast<Ending>(random.integer(0, 3));
    check(kernel,
          LoaderProblem{.count = count,
                        .producers = random.integer(1, 8),
                        .capacity = random.integer(1, 12),
                        .take = ending == Ending::all_taken ? -1 : random.integer(0, count - 1),
                        .ending = ending,
                        .opening = static_cast<Opening>(random.integer(0, 3)),
                        .failing = random.integer(0, 1) * random.integer(1, 5),
                        .steps = random.integer(1, 3000)});
  }
}

}  // namespace rooflab::testing::loader
