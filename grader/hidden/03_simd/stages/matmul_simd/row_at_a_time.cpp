// idea: the loops of the baseline with eight columns at a time: each step loads and stores c
// earns: 3-11 of matmul_simd.speedup
// earns: 2 of matmul_simd.vector
#include <rooflab/simd.h>

void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    float* to = c.row(i);
    std::fill_n(to, c.cols, 0.0F);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const float* row = b.row(p);
      const __m256 factor = _mm256_set1_ps(a(i, p));
      std::int64_t j = 0;
      for (; j + 8 <= c.cols; j += 8) {
        _mm256_storeu_ps(
            to + j, _mm256_fmadd_ps(factor, _mm256_loadu_ps(row + j), _mm256_loadu_ps(to + j)));
      }
      for (; j < c.cols; ++j) to[j] += a(i, p) * row[j];
    }
  }
}
