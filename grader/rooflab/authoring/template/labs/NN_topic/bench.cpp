// The cases that are measured: the graded ones, and sizes around them to see where caches end.
#include <rooflab/testing/operations/matmul.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  for (const std::int64_t n : {64, 256, 512}) {
    all.push_back(matmul_case(NAMED_KERNEL(labNN, matmul), {n, n, n}));
  }
  return all;
}
