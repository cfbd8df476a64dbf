// mistake: makes x the first operand of the maximum, which gives the second when one is NaN
// verdict: correctness wrong_result
#include <rooflab/simd.h>

void relu(std::span<const float> x, std::span<float> y) {
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    _mm256_storeu_ps(&y[i], _mm256_max_ps(_mm256_loadu_ps(&x[i]), _mm256_setzero_ps()));
  }
  solution(x.subspan(i), y.subspan(i));
}
