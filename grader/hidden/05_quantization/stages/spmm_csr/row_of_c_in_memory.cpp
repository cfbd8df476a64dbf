// idea: a row of b for each element of a, added to a row of c, which is loaded and stored each time
// earns: 2-8 of spmm_csr.speedup
#include <rooflab/simd.h>

void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    const auto row = static_cast<std::size_t>(i);
    float* to = c.row(i);
    std::fill_n(to, c.cols, 0.0F);
    for (auto p = static_cast<std::size_t>(row_starts[row]);
         p < static_cast<std::size_t>(row_starts[row + 1]); ++p) {
      const float* from = b.row(columns[p]);
      const __m256 factor = _mm256_set1_ps(values[p]);
      std::int64_t j = 0;
      for (; j + 8 <= c.cols; j += 8) {
        _mm256_storeu_ps(
            to + j, _mm256_fmadd_ps(factor, _mm256_loadu_ps(from + j), _mm256_loadu_ps(to + j)));
      }
      for (; j < c.cols; ++j) to[j] += values[p] * from[j];
    }
  }
}
