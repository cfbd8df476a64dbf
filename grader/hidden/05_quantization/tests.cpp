// The hidden tests of lab 05: problems nobody could have written the kernels around, and sums that
// overflow 16 bits in few places, or as far as they can.
#include <rooflab/testing/core/promise.h>

#include "../promises/bf16.h"
#include "../promises/digits_network.h"
#include "../promises/gemv_bf16.h"
#include "../promises/matmul_int8.h"
#include "../promises/model_bytes.h"
#include "../promises/quantize.h"
#include "../promises/quantize_weights.h"
#include "../promises/ranges.h"
#include "../promises/requantize.h"
#include "../promises/spmm.h"
#include "drivers.h"

using namespace rooflab::testing;

TEST_KERNEL(lab05, choose_params) { PROMISE(choose_params::holds_on_random_ranges); }

TEST_KERNEL(lab05, calibrate) { PROMISE(calibrate::holds_on_random_problems); }

TEST_KERNEL(lab05, quantize) {
  PROMISE(quantize::divides_by_the_scale);
  PROMISE(quantize::holds_on_random_problems);
}

TEST_KERNEL(lab05, dequantize) { PROMISE(dequantize::holds_on_random_problems); }

TEST_KERNEL(lab05, quantize_weights) { PROMISE(quantize_weights::holds_on_random_problems); }

TEST_KERNEL(lab05, matmul_int8) {
  PROMISE(matmul_int8::is_exact_where_16_bits_overflow);
  PROMISE(matmul_int8::is_exact_up_to_the_longest_sum);
  PROMISE(matmul_int8::holds_on_random_problems);
}

TEST_KERNEL(lab05, matmul_int8_simd) {
  PROMISE(matmul_int8::is_exact_where_16_bits_overflow);
  PROMISE(matmul_int8::is_exact_up_to_the_longest_sum);
  PROMISE(matmul_int8::holds_on_random_problems);
  TEST_CASE("crosses every border of panels and blocks") {
    for (const std::int64_t n : {95, 97, 193, 257, 385, 513, 1025}) {
      check(kernel, MatmulInt8Problem{.shape = {5, n, 19}, .zero_a = 7});
      check(kernel, MatmulInt8Problem{.shape = {5, 19, n}, .zero_a = 7, .zero_b = -3});
      check(kernel, MatmulInt8Problem{.shape = {n, 19, 5}, .zero_b = 3});
    }
    check(kernel, MatmulInt8Problem{.shape = {70, 2500, 70}, .zero_a = 7, .zero_b = -3});
  }
}

TEST_KERNEL(lab05, requantize) { PROMISE(requantize::holds_on_random_problems); }

TEST_KERNEL(lab05, requantize_channels) { PROMISE(requantize::holds_on_random_problems); }

TEST_KERNEL(lab05, spmm_csr) {
  PROMISE(spmm::holds_on_random_problems);
  TEST_CASE("crosses every border of strips and blocks") {
    for (const std::int64_t n : {191, 193, 257, 385, 513, 1025}) {
      check(kernel, SpmmProblem{.shape = {7, 30, n}, .ragged = 1, .pad_c = 3});
      check(kernel, SpmmProblem{.shape = {7, n, 45}, .zeros = 90, .pad_b = 2});
      check(kernel, SpmmProblem{.shape = {n, 30, 45}, .zeros = 90, .ragged = 1});
    }
  }
}

TEST_KERNEL(lab05, model_bytes) { PROMISE(model_bytes::holds_on_random_networks); }

TEST_KERNEL(lab05, digits) { PROMISE(digits_network::holds_on_random_networks); }

TEST_KERNEL(lab05, to_bf16) {
  PROMISE(to_bf16::holds_on_random_problems);
  PROMISE(to_bf16::is_right_everywhere_else);
}

TEST_KERNEL(lab05, from_bf16) { PROMISE(from_bf16::holds_on_random_problems); }

TEST_KERNEL(lab05, gemv_bf16) {
  PROMISE(gemv_bf16::holds_on_random_problems);
  TEST_CASE("crosses every border of blocks") {
    for (const std::int64_t n : {127, 129, 255, 257, 511, 513, 1023, 1025, 2049, 4097, 8193}) {
      check(kernel, GemvBf16Problem{.rows = 9, .cols = n, .whole = 1, .pad_w = 1});
      check(kernel, GemvBf16Problem{.rows = n, .cols = 35, .whole = 1, .pad_w = 1});
    }
  }
}
