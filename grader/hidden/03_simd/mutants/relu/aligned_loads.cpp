// mistake: loads with the instruction for addresses that are multiples of 32
// verdict: correctness crashed
#include <rooflab/simd.h>

void relu(std::span<const float> x, std::span<float> y) {
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    _mm256_store_ps(&y[i], _mm256_max_ps(_mm256_setzero_ps(), _mm256_load_ps(&x[i])));
  }
  solution(x.subspan(i), y.subspan(i));
}
