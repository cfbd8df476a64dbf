// kernel: relu
// mistake: asks "positive?", and NaN is not: it becomes 0
// verdict: relu.correctness wrong_result
#include "kernels.h"

#define relu solved_relu
#include "solutions/01_baseline/kernels.cpp"
#undef relu

namespace lab01 {

void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] > 0 ? x[i] : 0.0F;
}

}  // namespace lab01
