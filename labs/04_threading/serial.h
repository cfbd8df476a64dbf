// What you are given: the same work on one thread, without tricks beyond those of labs 01 to 03.
// Use it, or your own.
#pragma once

#include <rooflab/simd.h>
#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>
#include <span>

namespace lab04::serial {

using rooflab::MatrixView;

/// The sum of all elements: 32 sums side by side, which add up in a fixed order.
[[nodiscard]] inline float sum(std::span<const float> x) {
  constexpr std::int64_t kSums = 32;
  float sums[kSums] = {};
  const float* next = x.data();
  std::int64_t left = std::ssize(x);
  for (; left >= kSums; left -= kSums, next += kSums) {
    for (std::int64_t l = 0; l < kSums; ++l) sums[l] += next[l];
  }
  for (std::int64_t l = 0; l < left; ++l) sums[l] += next[l];
  for (std::int64_t width = kSums / 2; width > 0; width /= 2) {
    for (std::int64_t l = 0; l < width; ++l) sums[l] += sums[l + width];
  }
  return sums[0];
}

/// A Rows×16 tile of c from element (i, j) on, summed in vector registers (lab 03).
template <int Rows>
inline void multiply_tile(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                          std::int64_t i, std::int64_t j) {
  __m256 sum[Rows][2];
#pragma GCC unroll 4
  for (int r = 0; r < Rows; ++r) sum[r][0] = sum[r][1] = _mm256_setzero_ps();
  for (std::int64_t p = 0; p < a.cols; ++p) {
    const __m256 left = _mm256_loadu_ps(b.row(p) + j);
    const __m256 right = _mm256_loadu_ps(b.row(p) + j + 8);
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r) {
      const __m256 factor = _mm256_set1_ps(a(i + r, p));
      sum[r][0] = _mm256_fmadd_ps(factor, left, sum[r][0]);
      sum[r][1] = _mm256_fmadd_ps(factor, right, sum[r][1]);
    }
  }
#pragma GCC unroll 4
  for (int r = 0; r < Rows; ++r) {
    _mm256_storeu_ps(c.row(i + r) + j, sum[r][0]);
    _mm256_storeu_ps(c.row(i + r) + j + 8, sum[r][1]);
  }
}

/// c = a·b: register tiles of 4×16, nothing is packed.
inline void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  std::int64_t j = 0;
  for (; j + 16 <= c.cols; j += 16) {
    std::int64_t i = 0;
    for (; i + 4 <= c.rows; i += 4) multiply_tile<4>(a, b, c, i, j);
    for (; i < c.rows; ++i) multiply_tile<1>(a, b, c, i, j);
  }
  for (std::int64_t i = 0; i < c.rows; ++i) {  // the columns that are left
    std::fill(c.row(i) + j, c.row(i) + c.cols, 0.0F);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      for (std::int64_t l = j; l < c.cols; ++l) c(i, l) += a(i, p) * b(p, l);
    }
  }
}

}  // namespace lab04::serial
