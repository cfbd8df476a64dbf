// mistake: loads all sixteen weights of a row's last vector
// verdict: correctness crashed
#include <rooflab/simd.h>

void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  Bf16 loaded[16];
  for (std::int64_t i = 0; i < w.rows; ++i) {
    float sum = 0;
    for (std::int64_t j = 0; j < w.cols; j += 16) {
      const auto* from = reinterpret_cast<const __m256i*>(w.row(i) + j);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(loaded), _mm256_loadu_si256(from));
      const std::int64_t count = std::min<std::int64_t>(16, w.cols - j);
      float part = 0;
      solution({loaded, 1, count, 16},
               x.subspan(static_cast<std::size_t>(j), static_cast<std::size_t>(count)), {&part, 1});
      sum += part;
    }
    y[static_cast<std::size_t>(i)] = sum;
  }
}
