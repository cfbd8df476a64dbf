// mistake: loads the last vector whole, past the end, and uses only what it may
// verdict: correctness crashed
#include <rooflab/simd.h>

void gelu(std::span<const float> x, std::span<float> y) {
  float rest[8] = {};
  for (std::size_t i = x.size() / 8 * 8; i < x.size(); i += 8) {
    _mm256_storeu_ps(rest, _mm256_loadu_ps(x.data() + i));
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  solution(x, y);
}
