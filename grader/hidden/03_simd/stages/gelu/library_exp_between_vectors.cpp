// idea: vectors for all but the exp, which the library computes for one lane after another
// earns: 0-3 of gelu.speedup
// earns: 0 of gelu.vector
#include "../plain.h"

void gelu(std::span<const float> x, std::span<float> y) {
  stages::apply(x.data(), y.data(), std::ssize(x), [](__m256 v) {
    const __m256 factor = _mm256_fmadd_ps(_mm256_mul_ps(v, v), _mm256_set1_ps(-0.0713548162726F),
                                          _mm256_set1_ps(-1.59576912161F));
    alignas(32) float t[8];
    _mm256_store_ps(t, _mm256_mul_ps(v, factor));
    for (float& lane : t) lane = std::exp(lane);
    return _mm256_div_ps(v, _mm256_add_ps(_mm256_set1_ps(1), _mm256_load_ps(t)));
  });
}
