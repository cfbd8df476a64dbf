// The public tests of lab 03: what each kernel promises, one test case per promise. What a promise
// is checked on stands in labs/testing/operations, in its operation's ..._promises.cpp.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/bias_gelu_scale.h>
#include <rooflab/testing/operations/dot.h>
#include <rooflab/testing/operations/exp.h>
#include <rooflab/testing/operations/gelu.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/saxpy.h>
#include <rooflab/testing/operations/softmax.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_SUITE("lanes") {
  TEST_CASE("is the width of the vectors that the kernels are written with") {
    CHECK(lab03::lanes() == 8);
  }
}

TEST_KERNEL(lab03, relu) {
  PROMISE(relu::clips_any_size);
  PROMISE(relu::works_in_place);
  PROMISE(relu::takes_pointers_aligned_to_a_float);
  PROMISE(relu::reads_nothing_behind_its_input);
  PROMISE(relu::overwrites_what_the_output_held);
  PROMISE(relu::keeps_every_kind_of_value);
}

TEST_KERNEL(lab03, saxpy) {
  PROMISE(saxpy::adds_to_any_size);
  PROMISE(saxpy::takes_any_factor);
  PROMISE(saxpy::takes_pointers_aligned_to_a_float);
  PROMISE(saxpy::reads_nothing_behind_its_input);
  PROMISE(saxpy::keeps_every_kind_of_value);
}

TEST_KERNEL(lab03, dot) {
  PROMISE(dot::sums_any_size);
  PROMISE(dot::loses_no_term_of_many);
  PROMISE(dot::takes_pointers_aligned_to_a_float);
  PROMISE(dot::reads_nothing_behind_its_inputs);
  PROMISE(dot::keeps_every_kind_of_value);
}

TEST_KERNEL(lab03, exp) {
  PROMISE(exp::takes_any_size);
  PROMISE(exp::works_in_place);
  PROMISE(exp::takes_pointers_aligned_to_a_float);
  PROMISE(exp::reads_nothing_behind_its_input);
  PROMISE(exp::overwrites_what_the_output_held);
  PROMISE(exp::carries_NaN_and_infinity);
  PROMISE(exp::is_right_at_both_ends);
  PROMISE(exp::is_within_2_ulp_everywhere);
}

TEST_KERNEL(lab03, gelu) {
  PROMISE(gelu::takes_any_size);
  PROMISE(gelu::works_in_place);
  PROMISE(gelu::takes_pointers_aligned_to_a_float);
  PROMISE(gelu::reads_nothing_behind_its_input);
  PROMISE(gelu::overwrites_what_the_output_held);
  PROMISE(gelu::carries_NaN_and_infinity);
  PROMISE(gelu::keeps_its_digits_in_the_left_tail);
  PROMISE(gelu::is_right_for_every_magnitude);
}

TEST_KERNEL(lab03, softmax_rows) {
  PROMISE(softmax::normalises_any_shape);
  PROMISE(softmax::gives_one_in_a_single_column);
  PROMISE(softmax::shares_equally_between_equals);
  PROMISE(softmax::survives_values_that_exp_does_not);
  PROMISE(softmax::carries_NaN_and_infinity);
  PROMISE(softmax::honours_strides);
  PROMISE(softmax::takes_pointers_aligned_to_a_float);
  PROMISE(softmax::reads_nothing_behind_its_input);
  PROMISE(softmax::overwrites_what_the_output_held);
}

TEST_KERNEL(lab03, matmul_simd) {
  PROMISE(matmul::multiplies_any_shape);
  PROMISE(matmul::accepts_empty_matrices);
  PROMISE(matmul::honours_strides);
  PROMISE(matmul::takes_pointers_aligned_to_a_float);
  PROMISE(matmul::reads_nothing_behind_its_inputs);
  PROMISE(matmul::overwrites_what_the_output_held);
  PROMISE(matmul::keeps_huge_and_tiny_values);
  PROMISE(matmul::carries_NaN_and_infinity);
}

TEST_KERNEL(lab03, bias_gelu_scale) {
  PROMISE(bias_gelu_scale::applies_to_any_shape);
  PROMISE(bias_gelu_scale::honours_strides);
  PROMISE(bias_gelu_scale::works_in_place);
  PROMISE(bias_gelu_scale::takes_any_scale);
  PROMISE(bias_gelu_scale::takes_pointers_aligned_to_a_float);
  PROMISE(bias_gelu_scale::reads_nothing_behind_its_inputs);
  PROMISE(bias_gelu_scale::overwrites_what_the_output_held);
  PROMISE(bias_gelu_scale::carries_NaN_and_infinity);
}
