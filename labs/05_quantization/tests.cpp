// The public tests of lab 05: what each kernel promises, one test case per promise. What a promise
// is checked on stands in labs/testing/operations, in its operation's ..._promises.cpp.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/bf16.h>
#include <rooflab/testing/operations/digits_models.h>
#include <rooflab/testing/operations/digits_network.h>
#include <rooflab/testing/operations/gemv_bf16.h>
#include <rooflab/testing/operations/matmul_int8.h>
#include <rooflab/testing/operations/model_bytes.h>
#include <rooflab/testing/operations/quantize.h>
#include <rooflab/testing/operations/quantize_weights.h>
#include <rooflab/testing/operations/ranges.h>
#include <rooflab/testing/operations/requantize.h>
#include <rooflab/testing/operations/spmm.h>

#include "drivers.h"

using namespace rooflab::testing;

TEST_KERNEL(lab05, choose_params) {
  PROMISE(choose_params::maps_ranges_around_zero);
  PROMISE(choose_params::widens_ranges_to_hold_zero);
  PROMISE(choose_params::survives_a_range_of_zero);
  PROMISE(choose_params::survives_the_widest_and_the_narrowest_ranges);
}

TEST_KERNEL(lab05, calibrate) {
  PROMISE(calibrate::finds_the_least_and_the_greatest);
  PROMISE(calibrate::takes_percentiles_between_elements);
  PROMISE(calibrate::cuts_off_outliers);
  PROMISE(calibrate::takes_few_elements);
}

TEST_KERNEL(lab05, quantize) {
  PROMISE(quantize::quantizes_any_size);
  PROMISE(quantize::rounds_ties_to_even);
  PROMISE(quantize::saturates_beyond_the_range);
  PROMISE(quantize::defines_NaN_and_infinity);
  PROMISE(quantize::takes_any_params);
  PROMISE(quantize::takes_pointers_aligned_to_a_float);
  PROMISE(quantize::reads_nothing_behind_its_input);
  PROMISE(quantize::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, dequantize) {
  PROMISE(dequantize::dequantizes_any_size);
  PROMISE(dequantize::takes_any_params);
  PROMISE(dequantize::takes_pointers_aligned_to_an_element);
  PROMISE(dequantize::reads_nothing_behind_its_input);
  PROMISE(dequantize::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, quantize_weights) {
  PROMISE(quantize_weights::scales_each_channel);
  PROMISE(quantize_weights::scales_the_whole_tensor);
  PROMISE(quantize_weights::takes_four_bits);
  PROMISE(quantize_weights::survives_channels_of_zeros);
  PROMISE(quantize_weights::honours_strides);
  PROMISE(quantize_weights::takes_pointers_aligned_to_a_float);
  PROMISE(quantize_weights::reads_nothing_behind_its_input);
  PROMISE(quantize_weights::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, matmul_int8) {
  PROMISE(matmul_int8::multiplies_any_shape);
  PROMISE(matmul_int8::accepts_empty_matrices);
  PROMISE(matmul_int8::subtracts_zero_points);
  PROMISE(matmul_int8::honours_strides);
  PROMISE(matmul_int8::takes_pointers_aligned_to_a_byte);
  PROMISE(matmul_int8::reads_nothing_behind_its_inputs);
  PROMISE(matmul_int8::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, matmul_int8_simd) {
  PROMISE(matmul_int8::multiplies_any_shape);
  PROMISE(matmul_int8::accepts_empty_matrices);
  PROMISE(matmul_int8::subtracts_zero_points);
  PROMISE(matmul_int8::honours_strides);
  PROMISE(matmul_int8::takes_pointers_aligned_to_a_byte);
  PROMISE(matmul_int8::reads_nothing_behind_its_inputs);
  PROMISE(matmul_int8::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, requantize) {
  PROMISE(requantize::takes_any_shape);
  PROMISE(requantize::rounds_ties_to_even);
  PROMISE(requantize::saturates_beyond_the_range);
  PROMISE(requantize::adds_the_zero_point);
  PROMISE(requantize::honours_strides);
  PROMISE(requantize::takes_pointers_aligned_to_an_element);
  PROMISE(requantize::reads_nothing_behind_its_inputs);
  PROMISE(requantize::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, requantize_channels) {
  PROMISE(requantize::takes_any_shape);
  PROMISE(requantize::rounds_ties_to_even);
  PROMISE(requantize::saturates_beyond_the_range);
  PROMISE(requantize::adds_the_zero_point);
  PROMISE(requantize::honours_strides);
  PROMISE(requantize::takes_pointers_aligned_to_an_element);
  PROMISE(requantize::reads_nothing_behind_its_inputs);
  PROMISE(requantize::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, spmm_csr) {
  PROMISE(spmm::multiplies_any_shape);
  PROMISE(spmm::multiplies_any_density);
  PROMISE(spmm::accepts_empty_and_full_rows);
  PROMISE(spmm::accepts_empty_matrices);
  PROMISE(spmm::takes_many_columns_and_elements);
  PROMISE(spmm::honours_strides);
  PROMISE(spmm::takes_pointers_aligned_to_an_element);
  PROMISE(spmm::reads_nothing_behind_its_inputs);
  PROMISE(spmm::overwrites_what_the_output_held);
  PROMISE(spmm::keeps_huge_and_tiny_values);
  PROMISE(spmm::carries_NaN_and_infinity);
}

TEST_KERNEL(lab05, model_bytes) {
  PROMISE(model_bytes::counts_one_layer);
  PROMISE(model_bytes::counts_several_layers);
  PROMISE(model_bytes::rounds_up_to_whole_bytes);
  PROMISE(model_bytes::counts_more_than_32_bits);
}

TEST_KERNEL(lab05, digits) {
  // The network is made with the other kernels, too.
  constexpr Named kernels{
      "digits",
      DigitsKernels{lab05::choose_params, lab05::calibrate, lab05::quantize_weights,
                    lab05::spmm_csr, lab05::model_bytes, lab05::digits, lab05::digits_fp32}};
  PROMISE(digits_network::classifies_any_batch);
  TEST_CASE("loses less than 0.1 points in 8 bits") {
    check(kernels, DigitsModelProblem{DigitsModel::int8_per_tensor});
    check(kernels, DigitsModelProblem{DigitsModel::int8_per_channel});
  }
  TEST_CASE("loses what it should in 4 bits") {
    check(kernels, DigitsModelProblem{DigitsModel::int4_per_channel});
  }
  TEST_CASE("reads digits with what pruning has left") {
    check(kernels, DigitsModelProblem{DigitsModel::pruned_80});
    check(kernels, DigitsModelProblem{DigitsModel::pruned_90});
    check(kernels, DigitsModelProblem{DigitsModel::two_of_four});
  }
}

TEST_KERNEL(lab05, to_bf16) {
  PROMISE(to_bf16::rounds_any_size);
  PROMISE(to_bf16::rounds_to_the_nearest);
  PROMISE(to_bf16::rounds_ties_to_even);
  PROMISE(to_bf16::rounds_below_the_normal_range);
  PROMISE(to_bf16::overflows_to_infinity);
  PROMISE(to_bf16::keeps_NaN_and_makes_it_quiet);
  PROMISE(to_bf16::takes_pointers_aligned_to_an_element);
  PROMISE(to_bf16::reads_nothing_behind_its_input);
  PROMISE(to_bf16::overwrites_what_the_output_held);
  PROMISE(to_bf16::is_right_everywhere);
}

TEST_KERNEL(lab05, from_bf16) {
  PROMISE(from_bf16::widens_any_size);
  PROMISE(from_bf16::widens_every_number);
  PROMISE(from_bf16::keeps_every_bit_of_NaN);
  PROMISE(from_bf16::takes_pointers_aligned_to_an_element);
  PROMISE(from_bf16::reads_nothing_behind_its_input);
  PROMISE(from_bf16::overwrites_what_the_output_held);
}

TEST_KERNEL(lab05, gemv_bf16) {
  PROMISE(gemv_bf16::multiplies_any_shape);
  PROMISE(gemv_bf16::accepts_nothing);
  PROMISE(gemv_bf16::loses_no_term_of_many);
  PROMISE(gemv_bf16::honours_strides);
  PROMISE(gemv_bf16::takes_pointers_aligned_to_an_element);
  PROMISE(gemv_bf16::reads_nothing_behind_its_inputs);
  PROMISE(gemv_bf16::overwrites_what_the_output_held);
  PROMISE(gemv_bf16::keeps_every_kind_of_value);
}
