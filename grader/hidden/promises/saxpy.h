// What only the hidden tests demand of saxpy.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/saxpy.h>

namespace rooflab::testing::saxpy {

/// Random sizes, factors, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<SaxpyKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 20'000 : 300;
    check(kernel,
          SaxpyProblem{.size = random.integer(0, limit),
                       .alpha = static_cast<float>(random.uniform(-4, 4)),
                       .misalign = random.integer(0, 15),
                       .values = random.integer(0, 1) == 0 ? Values::unit : Values::special});
  }
}

}  // namespace rooflab::testing::saxpy
