// kernel: linear
// mistake: reads the bias even if there is none
// verdict: linear.correctness wrong_result
#include "kernels.h"

#define linear solved_linear
#include "solutions/01_baseline/kernels.cpp"
#undef linear

namespace lab01 {

void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o < y.cols; ++o) {
      float sum = bias.data()[o];
      for (std::int64_t k = 0; k < x.cols; ++k) sum += x(i, k) * w(o, k);
      y(i, o) = sum;
    }
  }
}

}  // namespace lab01
