// A product with a register tile inside optional cache tiles, not packed: for stages of
// matmul_blocked.
#pragma once

#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace stages {

using rooflab::MatrixView;

// Adds `depth` products, from p on, to `rows`×`cols` sums of c, or stores them if p is 0. Constant
// limits (std::integral_constant) let the compiler keep all sums in registers.
inline void register_tile(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                          std::int64_t i, std::int64_t j, std::int64_t p, std::int64_t depth,
                          auto rows, auto cols) {
  float sum[4][3] = {};
  for (std::int64_t q = p; q < p + depth; ++q) {
    for (std::int64_t r = 0; r < rows; ++r) {
      for (std::int64_t s = 0; s < cols; ++s) sum[r][s] += a(i + r, q) * b(q, j + s);
    }
  }
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t s = 0; s < cols; ++s) {
      c(i + r, j + s) = p == 0 ? sum[r][s] : c(i + r, j + s) + sum[r][s];
    }
  }
}

template <bool constant_limits>
void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
              std::int64_t tile) {
  if (a.cols == 0) {
    for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  }
  for (std::int64_t p = 0; p < a.cols; p += tile) {
    const std::int64_t depth = std::min(tile, a.cols - p);
    for (std::int64_t j0 = 0; j0 < c.cols; j0 += tile) {
      const std::int64_t j1 = std::min(j0 + tile, c.cols);
      for (std::int64_t i = 0; i < c.rows; i += 4) {
        for (std::int64_t j = j0; j < j1; j += 3) {
          const std::int64_t rows = std::min<std::int64_t>(4, c.rows - i);
          const std::int64_t cols = std::min<std::int64_t>(3, j1 - j);
          if (constant_limits && rows == 4 && cols == 3) {
            register_tile(a, b, c, i, j, p, depth, std::integral_constant<std::int64_t, 4>{},
                          std::integral_constant<std::int64_t, 3>{});
          } else {
            register_tile(a, b, c, i, j, p, depth, rows, cols);
          }
        }
      }
    }
  }
}

}  // namespace stages
