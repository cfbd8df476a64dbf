// The hidden tests of lab NN: problems nobody could have written the kernels around.
#include <rooflab/testing/core/promise.h>

#include "../promises/matmul.h"
#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(labNN, matmul) {
  PROMISE(matmul::holds_on_random_problems);
  PROMISE(matmul::takes_pointers_aligned_to_a_float);
  PROMISE(matmul::keeps_huge_and_tiny_values);
  TEST_CASE("sums as many terms as there are") {
    check(kernel, MatmulProblem{.shape = {2, 1500, 3}});
  }
}
