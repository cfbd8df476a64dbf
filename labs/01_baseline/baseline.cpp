// The kernels that your speedup is measured against: right, plain, and slow. Not edited. Each makes
// a mistake that costs time, not correctness: find it before you write your own.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels.h"

namespace lab01 {

// Column after column, as one would in Fortran, where columns are contiguous. Here they are not:
// the inner loop steps from row to row of a and of c.
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t j = 0; j < c.cols; ++j) {
    for (std::int64_t i = 0; i < c.rows; ++i) c(i, j) = 0;
    for (std::int64_t k = 0; k < a.cols; ++k) {
      for (std::int64_t i = 0; i < c.rows; ++i) c(i, j) += a(i, k) * b(k, j);
    }
  }
}

void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0 ? 0.0F : x[i];
}

// The formula as it stands on paper, each exponential once for the sum and once more for the
// quotient; and all of it in double, "to be on the safe side".
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    double highest = -std::numeric_limits<double>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) {
      highest = std::max(highest, static_cast<double>(x(i, j)));
    }
    double sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += std::exp(x(i, j) - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) {
      y(i, j) = static_cast<float>(std::exp(x(i, j) - highest) / sum);
    }
  }
}

// One input at a time, added to all outputs: the inner loop runs down a column of w, and every sum
// lives in memory.
void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o < y.cols; ++o) {
      y(i, o) = bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)];
    }
    for (std::int64_t k = 0; k < x.cols; ++k) {
      for (std::int64_t o = 0; o < y.cols; ++o) y(i, o) += x(i, k) * w(o, k);
    }
  }
}

// Seven loops, and a question asked at every step of the innermost: is this pixel inside the image?
void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  for (std::int64_t n = 0; n < y.batch; ++n) {
    for (std::int64_t o = 0; o < y.channels; ++o) {
      for (std::int64_t i = 0; i < y.height; ++i) {
        for (std::int64_t j = 0; j < y.width; ++j) {
          float sum = bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)];
          for (std::int64_t c = 0; c < x.channels; ++c) {
            for (std::int64_t r = 0; r < w.height; ++r) {
              for (std::int64_t s = 0; s < w.width; ++s) {
                const std::int64_t row = i + r - padding;
                const std::int64_t col = j + s - padding;
                const bool inside = row >= 0 && row < x.height && col >= 0 && col < x.width;
                if (inside) sum += w(o, c, r, s) * x(n, c, row, col);
              }
            }
          }
          y(n, o, i, j) = sum;
        }
      }
    }
  }
}

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t i = 0; i < a.rows; ++i) {
    for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  }
}

}  // namespace lab01
