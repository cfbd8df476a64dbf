// The public tests of lab 02: what each kernel promises, one promise a test case. What a promise
// is checked on stands in labs/testing/operations, in its operation's ..._promises.cpp.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/conv2d.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/transpose.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(lab02, matmul_reordered) {
  PROMISE(matmul::multiplies_any_shape);
  PROMISE(matmul::accepts_empty_matrices);
  PROMISE(matmul::honours_strides);
  PROMISE(matmul::overwrites_what_the_output_held);
  PROMISE(matmul::carries_NaN_and_infinity);
}

TEST_KERNEL(lab02, matmul_blocked) {
  PROMISE(matmul::multiplies_any_shape);
  PROMISE(matmul::accepts_empty_matrices);
  PROMISE(matmul::honours_strides);
  PROMISE(matmul::takes_pointers_aligned_to_a_float);
  PROMISE(matmul::overwrites_what_the_output_held);
  PROMISE(matmul::keeps_huge_and_tiny_values);
  PROMISE(matmul::carries_NaN_and_infinity);
}

TEST_KERNEL(lab02, transpose_blocked) {
  PROMISE(transpose::transposes_any_shape);
  PROMISE(transpose::honours_strides);
  PROMISE(transpose::overwrites_what_the_output_held);
  PROMISE(transpose::copies_every_value);
}

TEST_KERNEL(lab02, conv2d_blocked) {
  PROMISE(conv2d::convolves_any_shape);
  PROMISE(conv2d::pads_with_zeros);
  PROMISE(conv2d::accepts_empty_tensors);
  PROMISE(conv2d::works_without_bias);
  PROMISE(conv2d::overwrites_what_the_output_held);
  PROMISE(conv2d::keeps_every_kind_of_value);
}

TEST_SUITE("choose_tile") {
  TEST_CASE("three tiles fill a 32 KiB cache") { CHECK(lab02::choose_tile(32 * 1024) == 48); }
  TEST_CASE("three tiles fill a 1 MiB cache") { CHECK(lab02::choose_tile(1024 * 1024) == 288); }
  TEST_CASE("a tile is never smaller than 8") {
    CHECK(lab02::choose_tile(0) == 8);
    CHECK(lab02::choose_tile(100) == 8);
  }
}
