// The case for a figure of lab 03 about register tiles: of 840 rows, tiles of 1 to 8 rows leave
// nothing.
#include <rooflab/testing/operations/matmul.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  return {matmul_case(NAMED_KERNEL(lab03, matmul_simd), {840, 256, 256})};
}
