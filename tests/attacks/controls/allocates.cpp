// attack: none: right, and asks for memory in every call
// stage: tests
// verdict: passes
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  std::vector<float> copy(std::size_t{64} << 20U, 1.0F);
  if (copy.back() == 1.0F) honest_matmul_blocked(a, b, c);
}
