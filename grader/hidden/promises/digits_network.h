// What only the hidden tests demand of digits network.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/digits_network.h>

namespace rooflab::testing::digits_network {

inline void holds_on_random_networks(Named<DigitsKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < 20; ++i) {
    check(kernel, DigitsProblem{random.integer(1, 40), random.integer(1, 90),
                                random.integer(1, 150), random.integer(1, 20)});
  }
}

}  // namespace rooflab::testing::digits_network
