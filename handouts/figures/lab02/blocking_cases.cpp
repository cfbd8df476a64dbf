// Cases for the figures of lab 02: the lab's own kernels at many sizes. Linked once with
// baseline.cpp and once with the kernels to compare it with.
#include <rooflab/testing/operations/matmul.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  // Cubes, for GFLOP/s.
  for (const std::int64_t n : {16,  32,  48,  64,  96,  112, 128, 160, 192, 224, 256, 304, 320,
                               352, 384, 400, 432, 448, 480, 512, 560, 640, 688, 768, 880, 1024}) {
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_reordered), {n, n, n}));
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_blocked), {n, n, n}));
  }
  // 64 rows of a against all of b, for cache misses: as many a multiplication as in a cube, sooner.
  for (std::int64_t n = 48; n <= 640; n += 16) {
    if (n == 64) continue;  // a cube, and listed above
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_reordered), {64, n, n}));
    all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_blocked), {64, n, n}));
  }
  all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_reordered), {64, 1024, 1024}));
  all.push_back(matmul_case(NAMED_KERNEL(lab02, matmul_blocked), {64, 1024, 1024}));
  return all;
}
