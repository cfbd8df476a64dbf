// mistake: stores the last vector whole, past the end
// verdict: correctness out_of_bounds
#include <rooflab/simd.h>

void relu(std::span<const float> x, std::span<float> y) {
  solution(x.first(x.size() / 8 * 8), y.first(x.size() / 8 * 8));
  for (std::size_t i = x.size() / 8 * 8; i < x.size(); i += 8) {
    _mm256_storeu_ps(&y[i], _mm256_max_ps(_mm256_setzero_ps(), _mm256_loadu_ps(&x[i])));
  }
}
