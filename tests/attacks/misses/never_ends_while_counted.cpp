// attack: works for longer than its cache misses are worth
// stage: misses
// verdict: timed_out million instructions
// defence: guest_budget
// witness: gains nothing
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  for (std::int64_t i = 0; i < 200'000'000; ++i) asm volatile("" : : : "memory");
  honest_matmul_blocked(a, b, c);
}
