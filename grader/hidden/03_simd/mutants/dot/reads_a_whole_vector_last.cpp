// mistake: loads the last vector whole, past the end, and uses only what it may
// verdict: correctness crashed
#include <rooflab/simd.h>

float dot(std::span<const float> x, std::span<const float> y) {
  float rest[8] = {};
  for (std::size_t i = y.size() / 8 * 8; i < y.size(); i += 8) {
    _mm256_storeu_ps(rest, _mm256_loadu_ps(y.data() + i));
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  return solution(x, y);
}
