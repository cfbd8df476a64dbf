// The promises of the network that reads digits, on random weights. digits_models.h has the real
// ones.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/digits_network.h>

namespace rooflab::testing::digits_network {

void classifies_any_batch(Named<DigitsKernel> kernel) {
  for (const std::int64_t images : {360, 0, 1, 2, 7, 33}) {
    check(kernel, DigitsProblem{images, 64, 128, 10});
  }
}

void holds_on_random_networks(Named<DigitsKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < 20; ++i) {
    check(kernel, DigitsProblem{random.integer(1, 40), random.integer(1, 90),
                                random.integer(1, 150), random.integer(1, 20)});
  }
}

}  // namespace rooflab::testing::digits_network
