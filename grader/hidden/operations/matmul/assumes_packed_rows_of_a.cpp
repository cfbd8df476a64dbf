// kernel: matmul
// mistake: takes cols for the stride of a
// verdict: matmul.correctness wrong_result
#include "kernels.h"

#define matmul solved_matmul
#include "solutions/01_baseline/kernels.cpp"
#undef matmul

namespace lab01 {

void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t k = 0; k < a.cols; ++k) sum += a.data[i * a.cols + k] * b(k, j);
      c(i, j) = sum;
    }
  }
}

}  // namespace lab01
