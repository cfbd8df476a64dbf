// A product with a register tile of vectors, on panels of b or on b as it lies: for stages of
// matmul_simd.
#pragma once

#include <rooflab/matrix.h>
#include <rooflab/simd.h>
#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>

namespace stages {

using rooflab::MatrixView;

inline constexpr std::int64_t kRows = 6;  // of the tile, by 16 columns

// Rows×16 sums of c, from row i0 and column j0 on. If the loop over them is not unrolled, the
// compiler must give them an address: they live in memory.
template <bool unrolled, std::int64_t Rows>
void tile(MatrixView<const float> a, std::int64_t i0, const float* b, std::int64_t b_stride,
          MatrixView<float> c, std::int64_t j0) {
  __m256 sums[Rows][2] = {};
  for (std::int64_t p = 0; p < a.cols; ++p) {
    const __m256 left = _mm256_loadu_ps(b + p * b_stride);
    const __m256 right = _mm256_loadu_ps(b + p * b_stride + 8);
    const auto add_row = [&](std::int64_t i) {
      const __m256 factor = _mm256_set1_ps(a(i0 + i, p));
      sums[i][0] = _mm256_fmadd_ps(factor, left, sums[i][0]);
      sums[i][1] = _mm256_fmadd_ps(factor, right, sums[i][1]);
    };
    if constexpr (unrolled) {
#pragma GCC unroll 8
      for (std::int64_t i = 0; i < Rows; ++i) add_row(i);
    } else {
#pragma GCC unroll 1
      for (std::int64_t i = 0; i < Rows; ++i) add_row(i);
    }
  }
  const std::int64_t width = std::min<std::int64_t>(16, c.cols - j0);
#pragma GCC unroll 8
  for (std::int64_t i = 0; i < Rows; ++i) {
    alignas(32) float row[16];  // columns behind the end of c are computed, and left out
    _mm256_store_ps(row, sums[i][0]);
    _mm256_store_ps(row + 8, sums[i][1]);
    std::copy_n(row, width, c.row(i0 + i) + j0);
  }
}

// Packs every panel of b, or only one that is too narrow.
template <bool packs, bool unrolled = true>
void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const rooflab::AlignedBuffer<float> panel(16 * b.rows);
  for (std::int64_t j = 0; j < c.cols; j += 16) {
    const std::int64_t width = std::min<std::int64_t>(16, c.cols - j);
    const bool packed = packs || width < 16;
    for (std::int64_t p = 0; p < b.rows && packed; ++p) {
      std::copy_n(b.row(p) + j, width, panel.data() + 16 * p);
    }
    const float* from = packed ? panel.data() : b.data + j;
    const std::int64_t stride = packed ? 16 : b.stride;
    std::int64_t i = 0;
    for (; i + kRows <= c.rows; i += kRows) tile<unrolled, kRows>(a, i, from, stride, c, j);
    for (; i < c.rows; ++i) tile<unrolled, 1>(a, i, from, stride, c, j);
  }
}

}  // namespace stages
