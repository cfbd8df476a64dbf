// The cases that are measured: the graded ones, and sizes around them to see where caches end.
#include <rooflab/testing/operations/relu.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  for (const std::int64_t size : {2'000, 200'000, 2'000'000}) {
    all.push_back(relu_case(NAMED_KERNEL(labNN, relu), size));
  }
  return all;
}
