// The product that lab 06's story changes, down the columns of b and along its rows; and the scores
// of attention, as slow_network.h has them.
#pragma once

#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>

namespace figures {

using rooflab::MatrixView;

/// c = a·b, the columns of b walked down.
inline void by_columns(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) sum += a(i, p) * b(p, j);
      c(i, j) = sum;
    }
  }
}

/// c = a·b, along the rows of b and c: two loops have changed places.
inline void by_rows(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    float* row = c.row(i);
    std::fill_n(row, c.cols, 0.0F);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const float factor = a(i, p);
      const float* b_row = b.row(p);
      for (std::int64_t j = 0; j < c.cols; ++j) row[j] += factor * b_row[j];
    }
  }
}

/// s = scale · q·kᵀ
inline void scores(MatrixView<const float> q, MatrixView<const float> k, float scale,
                   MatrixView<float> s) {
  for (std::int64_t i = 0; i < s.rows; ++i) {
    for (std::int64_t j = 0; j < s.cols; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < q.cols; ++p) sum += q(i, p) * k(j, p);
      s(i, j) = scale * sum;
    }
  }
}

}  // namespace figures
