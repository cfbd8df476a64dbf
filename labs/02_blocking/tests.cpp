// The public tests of lab 02: what each kernel promises, one promise a test case.
#include <doctest/doctest.h>
#include <rooflab/testing/operations/conv2d_tests.h>
#include <rooflab/testing/operations/matmul_tests.h>
#include <rooflab/testing/operations/transpose_tests.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_SUITE("matmul_reordered") {
  constexpr const char* kName = "matmul_reordered";
  TEST_CASE("multiplies any shape") {
    matmul::multiplies_any_shape(kName, lab02::matmul_reordered);
  }
  TEST_CASE("accepts empty matrices") {
    matmul::accepts_empty_matrices(kName, lab02::matmul_reordered);
  }
  TEST_CASE("honours strides") { matmul::honours_strides(kName, lab02::matmul_reordered); }
  TEST_CASE("overwrites what c held") {
    matmul::overwrites_what_the_output_held(kName, lab02::matmul_reordered);
  }
  TEST_CASE("carries NaN and infinity") {
    matmul::carries_nan_and_infinity(kName, lab02::matmul_reordered);
  }
}

TEST_SUITE("matmul_blocked") {
  constexpr const char* kName = "matmul_blocked";
  TEST_CASE("multiplies any shape") { matmul::multiplies_any_shape(kName, lab02::matmul_blocked); }
  TEST_CASE("accepts empty matrices") {
    matmul::accepts_empty_matrices(kName, lab02::matmul_blocked);
  }
  TEST_CASE("honours strides") { matmul::honours_strides(kName, lab02::matmul_blocked); }
  TEST_CASE("takes pointers aligned to a float") {
    matmul::takes_pointers_aligned_to_a_float(kName, lab02::matmul_blocked);
  }
  TEST_CASE("overwrites what c held") {
    matmul::overwrites_what_the_output_held(kName, lab02::matmul_blocked);
  }
  TEST_CASE("keeps huge and tiny values") {
    matmul::keeps_huge_and_tiny_values(kName, lab02::matmul_blocked);
  }
  TEST_CASE("carries NaN and infinity") {
    matmul::carries_nan_and_infinity(kName, lab02::matmul_blocked);
  }
}

TEST_SUITE("transpose_blocked") {
  constexpr const char* kName = "transpose_blocked";
  TEST_CASE("transposes any shape") {
    transpose::transposes_any_shape(kName, lab02::transpose_blocked);
  }
  TEST_CASE("honours strides") { transpose::honours_strides(kName, lab02::transpose_blocked); }
  TEST_CASE("overwrites what b held") {
    transpose::overwrites_what_the_output_held(kName, lab02::transpose_blocked);
  }
  TEST_CASE("copies every value") {
    transpose::copies_every_value(kName, lab02::transpose_blocked);
  }
}

TEST_SUITE("conv2d_blocked") {
  constexpr const char* kName = "conv2d_blocked";
  TEST_CASE("convolves any shape") { conv2d::convolves_any_shape(kName, lab02::conv2d_blocked); }
  TEST_CASE("pads with zeros") { conv2d::pads_with_zeros(kName, lab02::conv2d_blocked); }
  TEST_CASE("accepts empty tensors") {
    conv2d::accepts_empty_tensors(kName, lab02::conv2d_blocked);
  }
  TEST_CASE("works without bias") { conv2d::works_without_bias(kName, lab02::conv2d_blocked); }
  TEST_CASE("overwrites what y held") {
    conv2d::overwrites_what_the_output_held(kName, lab02::conv2d_blocked);
  }
  TEST_CASE("keeps every kind of value") {
    conv2d::keeps_every_kind_of_value(kName, lab02::conv2d_blocked);
  }
}

TEST_SUITE("choose_tile") {
  TEST_CASE("three tiles fill a 32 KiB cache") { CHECK(lab02::choose_tile(32 * 1024) == 48); }
  TEST_CASE("three tiles fill a 1 MiB cache") { CHECK(lab02::choose_tile(1024 * 1024) == 288); }
  TEST_CASE("a tile is never smaller than 8") {
    CHECK(lab02::choose_tile(0) == 8);
    CHECK(lab02::choose_tile(100) == 8);
  }
}
