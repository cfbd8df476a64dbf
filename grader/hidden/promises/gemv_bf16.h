// What only the hidden tests demand of gemv bf16.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/gemv_bf16.h>

namespace rooflab::testing::gemv_bf16 {

/// Random shapes, layouts and contents, drawn from the session's key.
inline void holds_on_random_problems(Named<GemvBf16Kernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, GemvBf16Problem{.rows = random.integer(0, random.integer(0, 3) == 0 ? 300 : 40),
                                  .cols = random.integer(0, random.integer(0, 3) == 0 ? 2000 : 150),
                                  .whole = random.integer(0, 1),
                                  .pad_w = random_padding(random),
                                  .misalign_w = random.integer(0, 31),
                                  .misalign_x = random.integer(0, 15),
                                  .misalign_y = random.integer(0, 15),
                                  .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::gemv_bf16
