// mistake: loads all eight columns of the last vector of a row of b
// verdict: correctness crashed
#include <rooflab/simd.h>

#include <vector>

void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  const std::int64_t stride = (b.cols + 7) / 8 * 8;
  std::vector<float> all(static_cast<std::size_t>(b.rows * stride));
  for (std::int64_t k = 0; k < b.rows; ++k) {
    for (std::int64_t j = 0; j < b.cols; j += 8) {
      _mm256_storeu_ps(all.data() + k * stride + j, _mm256_loadu_ps(b.row(k) + j));
    }
  }
  solution(row_starts, columns, values, {all.data(), b.rows, b.cols, stride}, c);
}
