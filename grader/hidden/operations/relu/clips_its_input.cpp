// kernel: relu
// mistake: clips x, and then copies it
// verdict: relu.correctness input_modified
#include "kernels.h"

#define relu solved_relu
#include "solutions/01_baseline/kernels.cpp"
#undef relu

namespace lab01 {

void relu(std::span<const float> x, std::span<float> y) {
  float* in = const_cast<float*>(x.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (in[i] < 0) in[i] = 0;
    y[i] = in[i];
  }
}

}  // namespace lab01
