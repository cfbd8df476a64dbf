// kernel: linear
// mistake: computes four outputs at a time and forgets what is left
// verdict: linear.correctness wrong_result
#include "kernels.h"

#define linear solved_linear
#include "solutions/01_baseline/kernels.cpp"
#undef linear

namespace lab01 {

void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o + 4 <= y.cols; o += 4)
      dot_products<4>(x.row(i), w, o, bias, y.row(i));
  }
}

}  // namespace lab01
