// A product, and the same one SLOWER_PERCENT slower on purpose: so many of its rows are computed
// twice. For `benchmark.py bench-change`.
#include <algorithm>

#include "kernels.h"

namespace lab02 {
namespace {

const volatile std::int64_t percent = SLOWER_PERCENT;  // unknown when the loops are compiled

}  // namespace

void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const std::int64_t more = c.rows * percent / 100;
  for (std::int64_t i = 0; i < c.rows + more; ++i) {
    const float* factors = a.row(i % c.rows);
    float* sum = c.row(i % c.rows);
    std::fill_n(sum, c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      for (std::int64_t j = 0; j < c.cols; ++j) sum[j] += factors[k] * b(k, j);
    }
  }
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
