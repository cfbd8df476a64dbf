// kernel: conv2d
// mistake: computes the first image of the batch only
// verdict: conv2d.correctness wrong_result
#include "kernels.h"

#define conv2d solved_conv2d
#include "solutions/01_baseline/kernels.cpp"
#undef conv2d

namespace lab01 {

void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  y.batch = std::min<std::int64_t>(y.batch, 1);
  solved_conv2d(x, w, bias, padding, y);
}

}  // namespace lab01
