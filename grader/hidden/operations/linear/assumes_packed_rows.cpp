// kernel: linear
// mistake: takes cols for the stride of w
// verdict: linear.correctness wrong_result
#include "kernels.h"

#define linear solved_linear
#include "solutions/01_baseline/kernels.cpp"
#undef linear

namespace lab01 {

void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  solved_linear(x, {w.data, w.rows, w.cols, w.cols}, bias, y);
}

}  // namespace lab01
