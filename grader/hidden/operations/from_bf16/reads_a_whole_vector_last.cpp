// mistake: loads all eight numbers of the last vector
// verdict: correctness crashed
#include <rooflab/simd.h>

void KERNEL(std::span<const Bf16> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); i += 8) {
    Bf16 loaded[8];
    const auto* from = reinterpret_cast<const __m128i*>(x.data() + i);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(loaded), _mm_loadu_si128(from));
    const std::size_t count = std::min<std::size_t>(8, x.size() - i);
    solution({loaded, count}, y.subspan(i, count));
  }
}
