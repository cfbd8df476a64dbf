// idea: the convolution of lab 01: no question in the inner loop, but no matrix product either
// earns: 3-12 of conv2d_blocked.speedup
#include "labs/01_baseline/kernels.h"
#include "solutions/01_baseline/kernels.cpp"

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  lab01::conv2d(x, w, bias, padding, y);
}
