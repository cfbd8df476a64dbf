// attack: none: takes 1 MiB, as an honest kernel may
// stage: memory
// verdict: passes
// subset: fast
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  std::vector<float> scratch((1U << 20U) / sizeof(float), 1);
  asm volatile("" : : "r"(scratch.data()) : "memory");
  honest_matmul_blocked(a, b, c);
}
