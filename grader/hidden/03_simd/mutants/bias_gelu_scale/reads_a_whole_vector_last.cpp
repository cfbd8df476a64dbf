// mistake: loads the last vector whole, past the end, and uses only what it may
// verdict: correctness crashed
#include <rooflab/simd.h>

void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y) {
  float rest[8] = {};
  for (std::size_t i = b.size() / 8 * 8; i < b.size(); i += 8) {
    _mm256_storeu_ps(rest, _mm256_loadu_ps(b.data() + i));
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  solution(x, b, s, y);
}
