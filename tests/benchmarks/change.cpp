// A product, and the same one SLOWER_PERCENT slower on purpose: so much of its work is done once
// more, into a row that nobody reads. For `benchmark.py bench-change`.
#include <algorithm>
#include <vector>

#include "kernels.h"

namespace lab02 {
namespace {

void add_rows(const float* factors, MatrixView<const float> b, std::int64_t count, float* sum) {
  for (std::int64_t k = 0; k < count; ++k) {
    for (std::int64_t j = 0; j < b.cols; ++j) sum[j] += factors[k] * b(k, j);
  }
}

}  // namespace

void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  std::vector<float> unread(static_cast<std::size_t>(c.cols));
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(c.row(i), c.cols, 0.0F);
    add_rows(a.row(i), b, a.cols, c.row(i));
    add_rows(a.row(i), b, a.cols * SLOWER_PERCENT / 100, unread.data());
  }
  asm volatile("" : : "r"(unread.data()) : "memory");  // for the compiler, somebody reads it
}

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  matmul_reordered(a, b, c);
}

// Not measured, but a submission has them.
void transpose_blocked(MatrixView<const float>, MatrixView<float>) {}
void conv2d_blocked(Tensor4View<const float>, Tensor4View<const float>, std::span<const float>,
                    std::int64_t, Tensor4View<float>) {}
std::int64_t choose_tile(std::int64_t) { return 8; }

}  // namespace lab02
