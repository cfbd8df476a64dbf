// A sparse product in strips of c that stay in registers: for stages of spmm_csr.
#pragma once

#include <rooflab/matrix.h>
#include <rooflab/simd.h>
#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>
#include <span>

namespace stages {

using rooflab::MatrixView;

// Whole strips of Vectors vectors only; how many columns that were.
template <int Vectors, bool packs>
std::int64_t multiply_strips(std::span<const std::int32_t> row_starts,
                             std::span<const std::int32_t> columns, std::span<const float> values,
                             MatrixView<const float> b, MatrixView<float> c) {
  constexpr std::int64_t kCols = 8 * Vectors;
  const rooflab::AlignedBuffer<float> panel(packs ? kCols * b.rows : 0);
  std::int64_t j = 0;
  for (; j + kCols <= c.cols; j += kCols) {
    for (std::int64_t k = 0; packs && k < b.rows; ++k) {
      std::copy_n(b.row(k) + j, kCols, panel.data() + k * kCols);
    }
    const float* from = packs ? panel.data() : b.data + j;
    const std::int64_t stride = packs ? kCols : b.stride;
    for (std::int64_t i = 0; i < c.rows; ++i) {
      __m256 sums[Vectors];
#pragma GCC unroll 8
      for (__m256& sum : sums) sum = _mm256_setzero_ps();
      const auto row = static_cast<std::size_t>(i);
      for (auto p = static_cast<std::size_t>(row_starts[row]);
           p < static_cast<std::size_t>(row_starts[row + 1]); ++p) {
        const __m256 factor = _mm256_set1_ps(values[p]);
        const float* b_row = from + columns[p] * stride;
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) {
          sums[v] = _mm256_fmadd_ps(factor, _mm256_loadu_ps(b_row + 8 * v), sums[v]);
        }
      }
#pragma GCC unroll 8
      for (int v = 0; v < Vectors; ++v) _mm256_storeu_ps(c.row(i) + j + 8 * v, sums[v]);
    }
  }
  return j;
}

}  // namespace stages
