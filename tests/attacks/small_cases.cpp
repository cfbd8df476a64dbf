// Cases of lab 01 that are small enough to step through: for attacks on the counting of
// instructions.
#include <rooflab/testing/operations/relu.h>

#include "kernels.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  return {relu_case(NAMED_KERNEL(lab01, relu), 1003)};
}
