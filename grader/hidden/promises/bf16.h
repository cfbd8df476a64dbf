// What only the hidden tests demand of bf16.
#pragma once

#include <rooflab/testing/core/walk.h>
#include <rooflab/testing/operations/bf16.h>

namespace rooflab::testing {

template <class Problem>
void converts_random_problems(Named<typename Problem::Kernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 20'000 : 300;
    check(kernel, Problem{.size = random.integer(0, limit),
                          .contents = random.integer(0, 3) == 0 ? Contents::unit : Contents::any,
                          .misalign_x = random.integer(0, 31),
                          .misalign_y = random.integer(0, 31),
                          .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing

namespace rooflab::testing::from_bf16 {

inline void holds_on_random_problems(Named<FromBf16Kernel> kernel) {
  converts_random_problems<FromBf16Problem>(kernel);
}

}  // namespace rooflab::testing::from_bf16

namespace rooflab::testing::to_bf16 {

/// Random sizes, layouts and bits, drawn from the session's key.
inline void holds_on_random_problems(Named<ToBf16Kernel> kernel) {
  converts_random_problems<ToBf16Problem>(kernel);
}

/// Over twenty times as many floats, for hidden tests.
inline void is_right_everywhere_else(Named<ToBf16Kernel> kernel) {
  check_all_floats(kernel, ToBf16Problem{.contents = Contents::walk}, 379);
}

}  // namespace rooflab::testing::to_bf16
