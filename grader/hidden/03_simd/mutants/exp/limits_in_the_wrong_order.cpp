// mistake: gives x as the first operand of minimum and maximum, which then swallow NaN
// verdict: correctness wrong_result
#include <rooflab/simd.h>

void exp(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); i += 8) {
    const std::size_t count = std::min<std::size_t>(8, x.size() - i);
    float eight[8] = {};
    std::copy_n(&x[i], count, eight);
    __m256 v = _mm256_min_ps(_mm256_loadu_ps(eight), _mm256_set1_ps(89));
    v = _mm256_max_ps(v, _mm256_set1_ps(-104));
    _mm256_storeu_ps(eight, v);
    solution({eight, count}, y.subspan(i, count));
  }
}
