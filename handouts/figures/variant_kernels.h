// Products that do one thing of lab 02 and leave out the rest, to see what each is worth alone.
#pragma once

#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace figures {

using rooflab::MatrixView;

// i-j-k with four sums in turn: an addition waits for the fourth before it, not for the last.
inline void four_sums(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum[4] = {};
      std::int64_t p = 0;
      for (; p + 4 <= a.cols; p += 4) {
        for (std::int64_t s = 0; s < 4; ++s) sum[s] += a(i, p + s) * b(p + s, j);
      }
      for (; p < a.cols; ++p) sum[0] += a(i, p) * b(p, j);
      c(i, j) = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    }
  }
}

// `rows`×`cols` sums of c over all of k. std::integral_constant makes the limits constants.
inline void sum_corner(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                       std::int64_t i, std::int64_t j, auto rows, auto cols) {
  float sum[4][3] = {};
  for (std::int64_t p = 0; p < a.cols; ++p) {
    for (std::int64_t r = 0; r < rows; ++r) {
      for (std::int64_t s = 0; s < cols; ++s) sum[r][s] += a(i + r, p) * b(p, j + s);
    }
  }
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t s = 0; s < cols; ++s) c(i + r, j + s) = sum[r][s];
  }
}

// The register tile without cache tiles and without packing.
template <bool constant_limits>
inline void registers_only(MatrixView<const float> a, MatrixView<const float> b,
                           MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; i += 4) {
    for (std::int64_t j = 0; j < c.cols; j += 3) {
      const std::int64_t rows = std::min<std::int64_t>(4, c.rows - i);
      const std::int64_t cols = std::min<std::int64_t>(3, c.cols - j);
      if (constant_limits && rows == 4 && cols == 3) {
        sum_corner(a, b, c, i, j, std::integral_constant<std::int64_t, 4>{},
                   std::integral_constant<std::int64_t, 3>{});
      } else {
        sum_corner(a, b, c, i, j, rows, cols);
      }
    }
  }
}

// Cache tiles without packing, and with the sums in memory.
inline void tiles_only(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  constexpr std::int64_t kTile = 48;
  for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  for (std::int64_t p0 = 0; p0 < a.cols; p0 += kTile) {
    for (std::int64_t j0 = 0; j0 < c.cols; j0 += kTile) {
      const std::int64_t j1 = std::min(j0 + kTile, c.cols);
      for (std::int64_t i = 0; i < c.rows; ++i) {
        for (std::int64_t p = p0; p < std::min(p0 + kTile, a.cols); ++p) {
          const float factor = a(i, p);
          for (std::int64_t j = j0; j < j1; ++j) c(i, j) += factor * b(p, j);
        }
      }
    }
  }
}

}  // namespace figures
