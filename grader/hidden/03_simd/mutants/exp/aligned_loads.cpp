// mistake: loads with the instruction for addresses that are multiples of 32
// verdict: correctness crashed
#include <rooflab/simd.h>

void exp(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i + 8 <= x.size(); i += 8) {
    _mm256_store_ps(&y[i], _mm256_load_ps(&x[i]));
  }
  solution(x, y);
}
