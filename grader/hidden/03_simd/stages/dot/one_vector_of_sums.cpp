// idea: vectors, but a single one of sums: each multiply-add waits for the one before it
// earns: 1-7 of dot.speedup
// earns: 2 of dot.vector
#include <rooflab/simd.h>

float dot(std::span<const float> x, std::span<const float> y) {
  __m256 sums = _mm256_setzero_ps();
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    sums = _mm256_fmadd_ps(_mm256_loadu_ps(&x[i]), _mm256_loadu_ps(&y[i]), sums);
  }
  alignas(32) float each[8];
  _mm256_store_ps(each, sums);
  float total = 0;
  for (; i < x.size(); ++i) total += x[i] * y[i];
  for (const float sum : each) total += sum;
  return total;
}
