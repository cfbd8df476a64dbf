// The hidden tests of lab 03: problems nobody could have written the kernels around.
#include <rooflab/testing/core/promise.h>

#include "../promises/bias_gelu_scale.h"
#include "../promises/dot.h"
#include "../promises/exp.h"
#include "../promises/gelu.h"
#include "../promises/matmul.h"
#include "../promises/relu.h"
#include "../promises/saxpy.h"
#include "../promises/softmax.h"
#include "kernels.h"

using namespace rooflab::testing;

TEST_SUITE("lanes") {
  TEST_CASE("says the same each time") {
    for (int i = 0; i < 3; ++i) CHECK(lab03::lanes() == 8);
  }
}

TEST_KERNEL(lab03, relu) { PROMISE(relu::holds_on_random_problems); }

TEST_KERNEL(lab03, saxpy) { PROMISE(saxpy::holds_on_random_problems); }

TEST_KERNEL(lab03, dot) { PROMISE(dot::holds_on_random_problems); }

TEST_KERNEL(lab03, exp) {
  PROMISE(exp::holds_on_random_problems);
  PROMISE(exp::is_within_2_ulp_everywhere_else);
}

TEST_KERNEL(lab03, gelu) {
  PROMISE(gelu::holds_on_random_problems);
  PROMISE(gelu::is_right_everywhere);
}

TEST_KERNEL(lab03, softmax_rows) {
  PROMISE(softmax::holds_on_random_problems);
  TEST_CASE("takes rows longer than a buffer") {
    check(kernel, SoftmaxProblem{.rows = 3, .cols = 10'007, .pad_x = 1});
  }
}

TEST_KERNEL(lab03, matmul_simd) {
  PROMISE(matmul::holds_on_random_problems);
  TEST_CASE("crosses every border of panels and blocks") {
    for (const std::int64_t n : {95, 97, 193, 257, 385, 513, 1025}) {
      check(kernel, MatmulProblem{.shape = {n, 9, 11}, .pad_a = 1});
      check(kernel, MatmulProblem{.shape = {9, n, 11}, .pad_b = 2});
      check(kernel, MatmulProblem{.shape = {9, 11, n}, .pad_c = 3});
    }
  }
}

TEST_KERNEL(lab03, bias_gelu_scale) { PROMISE(bias_gelu_scale::holds_on_random_problems); }
