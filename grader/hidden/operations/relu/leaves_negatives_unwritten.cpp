// kernel: relu
// mistake: writes only what is positive
// verdict: relu.correctness wrong_result
#include "kernels.h"

#define relu solved_relu
#include "solutions/01_baseline/kernels.cpp"
#undef relu

namespace lab01 {

void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!(x[i] <= 0)) y[i] = x[i];
  }
}

}  // namespace lab01
