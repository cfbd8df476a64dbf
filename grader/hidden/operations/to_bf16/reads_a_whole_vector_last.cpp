// mistake: loads all eight floats of the last vector
// verdict: correctness crashed
#include <rooflab/simd.h>

void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  for (std::size_t i = 0; i < x.size(); i += 8) {
    alignas(32) float loaded[8];
    _mm256_store_ps(loaded, _mm256_loadu_ps(x.data() + i));
    const std::size_t count = std::min<std::size_t>(8, x.size() - i);
    solution({loaded, count}, y.subspan(i, count));
  }
}
