// The hidden tests of lab 01: problems nobody could have written the kernels around.
#include <rooflab/testing/core/promise.h>

#include "../promises/conv2d.h"
#include "../promises/linear.h"
#include "../promises/matmul.h"
#include "../promises/relu.h"
#include "../promises/softmax.h"
#include "../promises/transpose.h"
#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(lab01, matmul) {
  PROMISE(matmul::holds_on_random_problems);
  PROMISE(matmul::takes_pointers_aligned_to_a_float);
  PROMISE(matmul::keeps_huge_and_tiny_values);
  TEST_CASE("sums as many terms as there are") {
    check(kernel, MatmulProblem{.shape = {2, 1500, 3}});
  }
}

TEST_KERNEL(lab01, relu) {
  PROMISE(relu::holds_on_random_problems);
  PROMISE(relu::takes_pointers_aligned_to_a_float);
}

TEST_KERNEL(lab01, softmax_rows) {
  PROMISE(softmax::holds_on_random_problems);
  PROMISE(softmax::takes_pointers_aligned_to_a_float);
  TEST_CASE("takes rows longer than any buffer one would guess") {
    check(kernel, SoftmaxProblem{.rows = 2, .cols = 5003});
  }
}

TEST_KERNEL(lab01, linear) {
  PROMISE(linear::holds_on_random_problems);
  PROMISE(linear::takes_pointers_aligned_to_a_float);
  TEST_CASE("sums as many terms as there are") {
    check(kernel, LinearProblem{.shape = {2, 1500, 3}});
  }
}

TEST_KERNEL(lab01, conv2d) {
  PROMISE(conv2d::holds_on_random_problems);
  TEST_CASE("takes an image larger than the L1 cache") {
    check(kernel, Conv2dProblem{.shape = {.in_channels = 3,
                                          .height = 120,
                                          .width = 121,
                                          .out_channels = 2,
                                          .kernel_h = 3,
                                          .kernel_w = 3,
                                          .padding = 1}});
  }
}

TEST_KERNEL(lab01, transpose) {
  PROMISE(transpose::holds_on_random_problems);
  PROMISE(transpose::takes_pointers_aligned_to_a_float);
}
