// The cases that are measured: the graded ones, and sizes around them. Most leave a tail behind
// whole vectors. Those of drivers.cpp are what others are timed over.
#include <rooflab/testing/operations/bf16.h>
#include <rooflab/testing/operations/digits_network.h>
#include <rooflab/testing/operations/gemv_bf16.h>
#include <rooflab/testing/operations/matmul_int8.h>
#include <rooflab/testing/operations/quantize.h>
#include <rooflab/testing/operations/ranges.h>
#include <rooflab/testing/operations/requantize.h>
#include <rooflab/testing/operations/spmm.h>

#include "drivers.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  for (const std::int64_t n : {16'389, 65'541, 262'149}) {
    all.push_back(quantize_case(NAMED_KERNEL(lab05, quantize), n));
    all.push_back(dequantize_case(NAMED_KERNEL(lab05, dequantize), n));
    all.push_back(calibrate_case(NAMED_KERNEL(lab05, calibrate), n));
  }
  for (const std::int64_t rows : {64, 512}) {
    all.push_back(requantize_case(NAMED_KERNEL(lab05, requantize), rows, 1003));
    all.push_back(requantize_case(NAMED_KERNEL(lab05, requantize_channels), rows, 1003));
  }
  all.push_back(matmul_int8_case(NAMED_KERNEL(lab05, matmul_int8), {256, 256, 256}));
  for (const MatmulShape& shape : std::initializer_list<MatmulShape>{{256, 256, 256},
                                                                     {512, 512, 512},
                                                                     {509, 517, 523},
                                                                     {1024, 1024, 1024},
                                                                     {1797, 64, 128},
                                                                     {32, 768, 3072}}) {
    all.push_back(matmul_int8_case(NAMED_KERNEL(lab05, matmul_int8_simd), shape));
  }
  for (const std::int64_t images : {1, 360, 1797}) {
    all.push_back(digits_case(NAMED_KERNEL(lab05, digits), images));
    all.push_back(digits_case(NAMED_KERNEL(lab05, digits_fp32), images));
  }
  for (const std::int64_t zeros : {50, 70, 80, 90}) {
    all.push_back(spmm_case(NAMED_KERNEL(lab05, spmm_csr), {512, 510, 512}, zeros));
  }
  for (const std::int64_t n : {65'541, 4'194'304}) {
    all.push_back(to_bf16_case(NAMED_KERNEL(lab05, to_bf16), n));
    all.push_back(from_bf16_case(NAMED_KERNEL(lab05, from_bf16), n));
  }
  for (const std::int64_t n : {1024, 4096}) {
    all.push_back(gemv_case(NAMED_KERNEL(lab05, gemv_bf16), n, n));
    all.push_back(gemv_case(NAMED_KERNEL(lab05, gemv_fp32), n, n));
  }
  return all;
}
