// The cases that are measured: the graded ones, and sizes around them to see where caches end. Most
// leave a tail behind whole vectors.
#include <rooflab/testing/operations/bias_gelu_scale.h>
#include <rooflab/testing/operations/dot.h>
#include <rooflab/testing/operations/exp.h>
#include <rooflab/testing/operations/gelu.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/saxpy.h>
#include <rooflab/testing/operations/softmax.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  // Where the instructions of a whole call are counted: small ones.
  all.push_back(relu_case(NAMED_KERNEL(lab03, relu), 1003));
  all.push_back(saxpy_case(NAMED_KERNEL(lab03, saxpy), 1003));
  all.push_back(dot_case(NAMED_KERNEL(lab03, dot), 3003));
  all.push_back(exp_case(NAMED_KERNEL(lab03, exp), 515));
  all.push_back(gelu_case(NAMED_KERNEL(lab03, gelu), 515));
  all.push_back(softmax_case(NAMED_KERNEL(lab03, softmax_rows), 3, 203));
  all.push_back(matmul_case(NAMED_KERNEL(lab03, matmul_simd), {12, 10, 113}));
  all.push_back(bias_gelu_scale_case(NAMED_KERNEL(lab03, bias_gelu_scale), 3, 203));
  for (const std::int64_t n : {16'389, 262'149, 4'194'304}) {  // L1 or L2, L2 or L3, memory
    all.push_back(relu_case(NAMED_KERNEL(lab03, relu), n));
    all.push_back(saxpy_case(NAMED_KERNEL(lab03, saxpy), n));
  }
  for (const std::int64_t n : {16'389, 65'541, 262'149}) {
    all.push_back(dot_case(NAMED_KERNEL(lab03, dot), n));
    all.push_back(exp_case(NAMED_KERNEL(lab03, exp), n));
    all.push_back(gelu_case(NAMED_KERNEL(lab03, gelu), n));
  }
  for (const std::int64_t rows : {64, 512}) {
    all.push_back(softmax_case(NAMED_KERNEL(lab03, softmax_rows), rows, 1003));
    all.push_back(bias_gelu_scale_case(NAMED_KERNEL(lab03, bias_gelu_scale), rows, 1003));
  }
  for (const MatmulShape& shape : std::initializer_list<MatmulShape>{{64, 64, 64},
                                                                     {256, 256, 256},
                                                                     {512, 512, 512},
                                                                     {509, 517, 523},
                                                                     {1024, 1024, 1024},
                                                                     {32, 768, 3072}}) {
    all.push_back(matmul_case(NAMED_KERNEL(lab03, matmul_simd), shape));
  }
  return all;
}
