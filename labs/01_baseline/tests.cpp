// The public tests of lab 01: what each kernel promises, one promise a test case.
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
  TEST_CASE("multiplies any shape") { matmul::multiplies_any_shape(kName, lab01::matmul); }
  TEST_CASE("accepts empty matrices") { matmul::accepts_empty_matrices(kName, lab01::matmul); }
  TEST_CASE("honours strides") { matmul::honours_strides(kName, lab01::matmul); }
  TEST_CASE("overwrites what c held") {
    matmul::overwrites_what_the_output_held(kName, lab01::matmul);
  }
  TEST_CASE("carries NaN and infinity") { matmul::carries_nan_and_infinity(kName, lab01::matmul); }
}

TEST_SUITE("relu") {
  constexpr const char* kName = "relu";
  TEST_CASE("clips any size") { relu::clips_any_size(kName, lab01::relu); }
  TEST_CASE("works in place") { relu::works_in_place(kName, lab01::relu); }
  TEST_CASE("overwrites what y held") { relu::overwrites_what_the_output_held(kName, lab01::relu); }
  TEST_CASE("keeps every kind of value") { relu::keeps_every_kind_of_value(kName, lab01::relu); }
}

TEST_SUITE("softmax_rows") {
  constexpr const char* kName = "softmax_rows";
  TEST_CASE("normalises any shape") { softmax::normalises_any_shape(kName, lab01::softmax_rows); }
  TEST_CASE("gives 1 in a single column") {
    softmax::gives_one_in_a_single_column(kName, lab01::softmax_rows);
  }
  TEST_CASE("shares equally between equals") {
    softmax::shares_equally_between_equals(kName, lab01::softmax_rows);
  }
  TEST_CASE("survives values that exp does not") {
    softmax::survives_values_that_exp_does_not(kName, lab01::softmax_rows);
  }
  TEST_CASE("carries NaN and infinity") {
    softmax::carries_nan_and_infinity(kName, lab01::softmax_rows);
  }
  TEST_CASE("honours strides") { softmax::honours_strides(kName, lab01::softmax_rows); }
  TEST_CASE("overwrites what y held") {
    softmax::overwrites_what_the_output_held(kName, lab01::softmax_rows);
  }
}

TEST_SUITE("linear") {
  constexpr const char* kName = "linear";
  TEST_CASE("applies to any shape") { linear::applies_to_any_shape(kName, lab01::linear); }
  TEST_CASE("accepts empty layers") { linear::accepts_empty_layers(kName, lab01::linear); }
  TEST_CASE("works without bias") { linear::works_without_bias(kName, lab01::linear); }
  TEST_CASE("honours strides") { linear::honours_strides(kName, lab01::linear); }
  TEST_CASE("overwrites what y held") {
    linear::overwrites_what_the_output_held(kName, lab01::linear);
  }
  TEST_CASE("keeps every kind of value") {
    linear::keeps_every_kind_of_value(kName, lab01::linear);
  }
}

TEST_SUITE("conv2d") {
  constexpr const char* kName = "conv2d";
  TEST_CASE("convolves any shape") { conv2d::convolves_any_shape(kName, lab01::conv2d); }
  TEST_CASE("pads with zeros") { conv2d::pads_with_zeros(kName, lab01::conv2d); }
  TEST_CASE("accepts empty tensors") { conv2d::accepts_empty_tensors(kName, lab01::conv2d); }
  TEST_CASE("works without bias") { conv2d::works_without_bias(kName, lab01::conv2d); }
  TEST_CASE("overwrites what y held") {
    conv2d::overwrites_what_the_output_held(kName, lab01::conv2d);
  }
  TEST_CASE("keeps every kind of value") {
    conv2d::keeps_every_kind_of_value(kName, lab01::conv2d);
  }
}

TEST_SUITE("transpose") {
  constexpr const char* kName = "transpose";
  TEST_CASE("transposes any shape") { transpose::transposes_any_shape(kName, lab01::transpose); }
  TEST_CASE("honours strides") { transpose::honours_strides(kName, lab01::transpose); }
  TEST_CASE("overwrites what b held") {
    transpose::overwrites_what_the_output_held(kName, lab01::transpose);
  }
  TEST_CASE("copies every value") { transpose::copies_every_value(kName, lab01::transpose); }
}
