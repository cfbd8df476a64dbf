// The hidden tests of lab 02: problems nobody could have written the kernels around.
#include <rooflab/testing/core/promise.h>

#include "../promises/conv2d.h"
#include "../promises/matmul.h"
#include "../promises/transpose.h"
#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(lab02, matmul_reordered) {
  PROMISE(matmul::holds_on_random_problems);
  PROMISE(matmul::takes_pointers_aligned_to_a_float);
  PROMISE(matmul::keeps_huge_and_tiny_values);
  TEST_CASE("sums as many terms as there are") {
    check(kernel, MatmulProblem{.shape = {2, 1500, 3}});
  }
}

TEST_KERNEL(lab02, matmul_blocked) {
  PROMISE(matmul::holds_on_random_problems);
  TEST_CASE("crosses every tile border") {
    for (const std::int64_t n : {47, 95, 97, 129, 193, 257, 300}) {
      check(kernel, MatmulProblem{.shape = {n, 9, 11}, .pad_a = 1});
      check(kernel, MatmulProblem{.shape = {9, n, 11}, .pad_b = 2});
      check(kernel, MatmulProblem{.shape = {9, 11, n}, .pad_c = 3});
    }
  }
}

TEST_KERNEL(lab02, transpose_blocked) {
  PROMISE(transpose::holds_on_random_problems);
  PROMISE(transpose::takes_pointers_aligned_to_a_float);
}

TEST_KERNEL(lab02, conv2d_blocked) {
  PROMISE(conv2d::holds_on_random_problems);
  TEST_CASE("takes an image larger than the caches") {
    check(kernel, Conv2dProblem{.shape = {.in_channels = 24,
                                          .height = 60,
                                          .width = 61,
                                          .out_channels = 2,
                                          .kernel_h = 3,
                                          .kernel_w = 3,
                                          .padding = 1}});
  }
}

TEST_SUITE("choose_tile") {
  TEST_CASE("uses a cache that three tiles fill exactly") {
    for (std::int64_t tile = 16; tile < 500; tile += 8) {
      CHECK(lab02::choose_tile(3 * tile * tile * 4) == tile);
      CHECK(lab02::choose_tile(3 * tile * tile * 4 - 1) == tile - 8);
    }
  }
  TEST_CASE("is the largest multiple of 8 that fits") {
    for (std::int64_t bytes = 0; bytes < 3'000'000; bytes += 9'973) {
      const std::int64_t tile = lab02::choose_tile(bytes);
      CAPTURE(bytes);
      REQUIRE(tile >= 8);
      REQUIRE(tile % 8 == 0);
      const bool fits = 3 * tile * tile * 4 <= bytes || tile == 8;
      REQUIRE(fits);
      REQUIRE(3 * (tile + 8) * (tile + 8) * 4 > bytes);
    }
  }
}
