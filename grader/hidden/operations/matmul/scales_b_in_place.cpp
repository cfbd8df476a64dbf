// kernel: matmul_reordered
// mistake: multiplies b by a in place, and divides again afterwards
// verdict: matmul_reordered.correctness input_modified
#include "kernels.h"

#define matmul_reordered solved_matmul_reordered
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_reordered

namespace lab02 {

void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(c.row(i), c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      float* row = const_cast<float*>(b.row(k));
      for (std::int64_t j = 0; j < c.cols; ++j) {
        row[j] *= a(i, k);
        c(i, j) += row[j];
        row[j] /= a(i, k);
      }
    }
  }
}

}  // namespace lab02
