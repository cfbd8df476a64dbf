// The cases that are measured: the graded ones, and sizes around them.
#include <rooflab/testing/operations/conv2d.h>
#include <rooflab/testing/operations/linear.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/softmax.h>
#include <rooflab/testing/operations/transpose.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  for (const std::int64_t n : {128, 256, 400, 512}) {
    all.push_back(matmul_case(NAMED_KERNEL(lab01, matmul), {n, n, n}));
  }
  // Not fewer: waking a worker costs 2 to 5 µs, and what is subtracted for it may be off by 1 µs.
  for (const std::int64_t size : {100'000, 1'000'000}) {
    all.push_back(relu_case(NAMED_KERNEL(lab01, relu), size));
  }
  for (const std::int64_t cols : {10, 100, 1000, 10'000}) {
    all.push_back(softmax_case(NAMED_KERNEL(lab01, softmax_rows), 1000, cols));
  }
  for (const LinearShape& shape : std::initializer_list<LinearShape>{
           {16, 256, 256}, {16, 1000, 1000}, {16, 1024, 1024}, {1, 1024, 4096}}) {
    all.push_back(linear_case(NAMED_KERNEL(lab01, linear), shape));
  }
  for (const std::int64_t channels : {3, 16, 32}) {
    all.push_back(conv2d_case(NAMED_KERNEL(lab01, conv2d), {.in_channels = channels,
                                                            .height = 56,
                                                            .width = 56,
                                                            .out_channels = channels,
                                                            .kernel_h = 3,
                                                            .kernel_w = 3,
                                                            .padding = 1}));
  }
  for (const std::int64_t n : {256, 1024, 2048}) {
    all.push_back(transpose_case(NAMED_KERNEL(lab01, transpose), n, n));
  }
  return all;
}
