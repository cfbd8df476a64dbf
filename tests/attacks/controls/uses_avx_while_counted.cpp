// attack: none; it compiles for any processor, and then runs what the emulated one does not have
// stage: misses
// verdict: not_portable newer processor
#include <immintrin.h>

#include "02_blocking.h"

namespace {
[[gnu::target("avx2"), gnu::noinline]] void with_avx(const float* from, float* to) {
  _mm256_storeu_ps(to, _mm256_mul_ps(_mm256_loadu_ps(from), _mm256_set1_ps(2)));
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  float doubled[8];
  with_avx(a.data, doubled);
  asm volatile("" : : "r"(doubled) : "memory");
  honest_matmul_blocked(a, b, c);
}
