// The hidden tests of lab 01: problems nobody could have written the kernels around.
#include <doctest/doctest.h>
#include <rooflab/testing/operations/conv2d_tests.h>
#include <rooflab/testing/operations/linear_tests.h>
#include <rooflab/testing/operations/matmul_tests.h>
#include <rooflab/testing/operations/relu_tests.h>
#include <rooflab/testing/operations/softmax_tests.h>
#include <rooflab/testing/operations/transpose_tests.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_SUITE("matmul") {
  constexpr const char* kName = "matmul";
  TEST_CASE("holds on random problems") {
    matmul::holds_on_random_problems(kName, lab01::matmul, 60);
  }
  TEST_CASE("takes pointers aligned to a float") {
    matmul::takes_pointers_aligned_to_a_float(kName, lab01::matmul);
  }
  TEST_CASE("keeps huge and tiny values") {
    matmul::keeps_huge_and_tiny_values(kName, lab01::matmul);
  }
  TEST_CASE("sums as many terms as there are") {
    check(kName, lab01::matmul, MatmulProblem{.shape = {2, 1500, 3}});
  }
}

TEST_SUITE("relu") {
  constexpr const char* kName = "relu";
  TEST_CASE("holds on random problems") { relu::holds_on_random_problems(kName, lab01::relu, 60); }
  TEST_CASE("takes pointers aligned to a float") {
    relu::takes_pointers_aligned_to_a_float(kName, lab01::relu);
  }
}

TEST_SUITE("softmax_rows") {
  constexpr const char* kName = "softmax_rows";
  TEST_CASE("holds on random problems") {
    softmax::holds_on_random_problems(kName, lab01::softmax_rows, 60);
  }
  TEST_CASE("takes pointers aligned to a float") {
    softmax::takes_pointers_aligned_to_a_float(kName, lab01::softmax_rows);
  }
  TEST_CASE("takes rows longer than any buffer one would guess") {
    check(kName, lab01::softmax_rows, SoftmaxProblem{.rows = 2, .cols = 5003});
  }
}

TEST_SUITE("linear") {
  constexpr const char* kName = "linear";
  TEST_CASE("holds on random problems") {
    linear::holds_on_random_problems(kName, lab01::linear, 60);
  }
  TEST_CASE("takes pointers aligned to a float") {
    linear::takes_pointers_aligned_to_a_float(kName, lab01::linear);
  }
  TEST_CASE("sums as many terms as there are") {
    check(kName, lab01::linear, LinearProblem{.shape = {2, 1500, 3}});
  }
}

TEST_SUITE("conv2d") {
  constexpr const char* kName = "conv2d";
  TEST_CASE("holds on random problems") {
    conv2d::holds_on_random_problems(kName, lab01::conv2d, 60);
  }
  TEST_CASE("takes an image larger than the L1 cache") {
    check(kName, lab01::conv2d,
          Conv2dProblem{.shape = {.in_channels = 3,
                                  .height = 120,
                                  .width = 121,
                                  .out_channels = 2,
                                  .kernel_h = 3,
                                  .kernel_w = 3,
                                  .padding = 1}});
  }
}

TEST_SUITE("transpose") {
  constexpr const char* kName = "transpose";
  TEST_CASE("holds on random problems") {
    transpose::holds_on_random_problems(kName, lab01::transpose, 60);
  }
  TEST_CASE("takes pointers aligned to a float") {
    transpose::takes_pointers_aligned_to_a_float(kName, lab01::transpose);
  }
}
