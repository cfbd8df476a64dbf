// The public tests of lab 01: what each kernel promises, one promise a test case. What a promise
// is checked on stands in labs/testing/operations, in its operation's ..._promises.cpp.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/conv2d.h>
#include <rooflab/testing/operations/linear.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/softmax.h>
#include <rooflab/testing/operations/transpose.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(lab01, matmul) {
  PROMISE(matmul::multiplies_any_shape);
  PROMISE(matmul::accepts_empty_matrices);
  PROMISE(matmul::honours_strides);
  PROMISE(matmul::overwrites_what_the_output_held);
  PROMISE(matmul::carries_NaN_and_infinity);
}

TEST_KERNEL(lab01, relu) {
  PROMISE(relu::clips_any_size);
  PROMISE(relu::works_in_place);
  PROMISE(relu::overwrites_what_the_output_held);
  PROMISE(relu::keeps_every_kind_of_value);
}

TEST_KERNEL(lab01, softmax_rows) {
  PROMISE(softmax::normalises_any_shape);
  PROMISE(softmax::gives_one_in_a_single_column);
  PROMISE(softmax::shares_equally_between_equals);
  PROMISE(softmax::survives_values_that_exp_does_not);
  PROMISE(softmax::carries_NaN_and_infinity);
  PROMISE(softmax::honours_strides);
  PROMISE(softmax::overwrites_what_the_output_held);
}

TEST_KERNEL(lab01, linear) {
  PROMISE(linear::applies_to_any_shape);
  PROMISE(linear::accepts_empty_layers);
  PROMISE(linear::works_without_bias);
  PROMISE(linear::honours_strides);
  PROMISE(linear::overwrites_what_the_output_held);
  PROMISE(linear::keeps_every_kind_of_value);
}

TEST_KERNEL(lab01, conv2d) {
  PROMISE(conv2d::convolves_any_shape);
  PROMISE(conv2d::pads_with_zeros);
  PROMISE(conv2d::accepts_empty_tensors);
  PROMISE(conv2d::works_without_bias);
  PROMISE(conv2d::overwrites_what_the_output_held);
  PROMISE(conv2d::keeps_every_kind_of_value);
}

TEST_KERNEL(lab01, transpose) {
  PROMISE(transpose::transposes_any_shape);
  PROMISE(transpose::honours_strides);
  PROMISE(transpose::overwrites_what_the_output_held);
  PROMISE(transpose::copies_every_value);
}
