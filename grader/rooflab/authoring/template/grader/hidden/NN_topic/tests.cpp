// The hidden tests of lab NN: problems nobody could have written the kernels around.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/relu.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(labNN, relu) {
  PROMISE(relu::holds_on_random_problems);
  PROMISE(relu::takes_pointers_aligned_to_a_float);
}
