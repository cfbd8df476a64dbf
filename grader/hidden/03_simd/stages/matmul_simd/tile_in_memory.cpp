// idea: a packed tile of 6×16 whose last loop is not unrolled: GCC keeps all sums in memory
// earns: 7-16 of matmul_simd.speedup
// earns: 2 of matmul_simd.vector
#include <rooflab/simd.h>

// A tile of `Rows`×16 sums; columns behind the end of b come from and go to a buffer.
template <std::int64_t Rows>
void tile(MatrixView<const float> a, std::int64_t i0, const float* b, std::int64_t b_stride,
          MatrixView<float> c, std::int64_t j0) {
  __m256 sums[Rows][2] = {};
  for (std::int64_t p = 0; p < a.cols; ++p) {
    const __m256 left = _mm256_loadu_ps(b + p * b_stride);
    const __m256 right = _mm256_loadu_ps(b + p * b_stride + 8);
#pragma GCC unroll 6
    for (std::int64_t i = 0; i < Rows; ++i) {
      const __m256 factor = _mm256_set1_ps(a(i0 + i, p));
      sums[i][0] = _mm256_fmadd_ps(factor, left, sums[i][0]);
      sums[i][1] = _mm256_fmadd_ps(factor, right, sums[i][1]);
    }
  }
  const std::int64_t width = std::min<std::int64_t>(16, c.cols - j0);
#pragma GCC unroll 1
  for (std::int64_t i = 0; i < Rows; ++i) {
    alignas(32) float row[16];
    _mm256_store_ps(row, sums[i][0]);
    _mm256_store_ps(row + 8, sums[i][1]);
    std::copy_n(row, width, c.row(i0 + i) + j0);
  }
}

void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const rooflab::AlignedBuffer<float> panel(16 * b.rows);
  for (std::int64_t j = 0; j < c.cols; j += 16) {
    const std::int64_t width = std::min<std::int64_t>(16, c.cols - j);
    const bool packed = true;
    for (std::int64_t p = 0; p < b.rows && packed; ++p) {
      std::copy_n(b.row(p) + j, width, panel.data() + 16 * p);
    }
    const float* from = packed ? panel.data() : b.data + j;
    const std::int64_t stride = packed ? 16 : b.stride;
    std::int64_t i = 0;
    for (; i + 6 <= c.rows; i += 6) tile<6>(a, i, from, stride, c, j);
    for (; i < c.rows; ++i) tile<1>(a, i, from, stride, c, j);
  }
}
