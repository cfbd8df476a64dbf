// attack: works on vectors, and uses one number of each
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: not_vectorized times fewer
// defence: fewer
// witness: passes
#include "vectors.h"

void lab01::relu(X x, Y y) {
  constexpr std::size_t kUnrolled = 8;
  const __m256 zero = _mm256_setzero_ps();
  std::size_t i = 0;
  for (; i + kUnrolled + 8 <= x.size(); i += kUnrolled) {
    for (std::size_t j = i; j < i + kUnrolled; ++j) {
      y[j] = _mm256_cvtss_f32(_mm256_max_ps(zero, _mm256_loadu_ps(&x[j])));
    }
  }
  relu_from(i, x, y);
}
