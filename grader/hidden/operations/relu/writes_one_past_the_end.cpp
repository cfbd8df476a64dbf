// kernel: relu
// mistake: runs one element too far
// verdict: relu.correctness out_of_bounds
#include "kernels.h"

#define relu solved_relu
#include "solutions/01_baseline/kernels.cpp"
#undef relu

namespace lab01 {

void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i <= x.size(); ++i) y.data()[i] = x.data()[i] < 0 ? 0.0F : x.data()[i];
}

}  // namespace lab01
