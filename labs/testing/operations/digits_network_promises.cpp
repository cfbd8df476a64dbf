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

}  // namespace rooflab::testing::digits_network
