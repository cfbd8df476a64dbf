// The kernels that your speedup is measured against: right, plain, and slow. Not edited.
#include "kernels.h"

namespace lab02 {

// The formula as it stands on paper. The inner loop runs down a column of b: every step lands on
// another cache line.
void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t k = 0; k < a.cols; ++k) sum += a(i, k) * b(k, j);
      c(i, j) = sum;
    }
  }
}

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  matmul_reordered(a, b, c);
}

// Reads along rows, writes down columns.
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t i = 0; i < a.rows; ++i) {
    for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  }
}

// Seven loops, and a question asked at every step of the innermost: is this pixel inside the image?
void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
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

// Nothing here is tiled, and nothing is measured: this only fills the place.
std::int64_t choose_tile(std::int64_t /*cache_bytes*/) { return 8; }

}  // namespace lab02
