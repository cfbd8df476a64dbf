// The cases that are measured: the graded ones, and sizes around them to see where caches end.
#include <rooflab/testing/operations/conv2d.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/transpose.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  // Rows of 400 floats spread evenly over the caches, rows of 256, 512 and 1024 do not; b of the
  // last shape is larger than most L2 caches.
  for (const MatmulShape& shape : std::initializer_list<MatmulShape>{{64, 64, 64},
                                                                     {128, 128, 128},
                                                                     {256, 256, 256},
                                                                     {400, 400, 400},
                                                                     {512, 512, 512},
                                                                     {64, 1024, 1024}}) {
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_reordered), shape));
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_blocked), shape));
  }
  for (const std::int64_t n : {400, 512}) {  // where cache misses are counted
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_blocked), {64, n, n}));
  }
  for (const std::int64_t n : {256, 1024, 2048}) {
    all.push_back(transpose_case(NAMED_KERNEL(lab02, transpose_blocked), n, n));
  }
  all.push_back(conv2d_case(NAMED_KERNEL(lab02, conv2d_blocked), {.in_channels = 32,
                                                                  .height = 56,
                                                                  .width = 56,
                                                                  .out_channels = 32,
                                                                  .kernel_h = 3,
                                                                  .kernel_w = 3,
                                                                  .padding = 1}));
  return all;
}
