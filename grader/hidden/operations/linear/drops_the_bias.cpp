// kernel: linear
// mistake: ignores the bias
// verdict: linear.correctness wrong_result
#include "kernels.h"

#define linear solved_linear
#include "solutions/01_baseline/kernels.cpp"
#undef linear

namespace lab01 {

void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  solved_linear(x, w, bias.subspan(bias.size()), y);
}

}  // namespace lab01
