// kernel: conv2d
// mistake: has one row and column of padding too few in front
// verdict: conv2d.correctness wrong_result
#include "kernels.h"

#define conv2d solved_conv2d
#include "solutions/01_baseline/kernels.cpp"
#undef conv2d

namespace lab01 {

void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  solved_conv2d(x, w, bias, std::max<std::int64_t>(padding - 1, 0), y);
}

}  // namespace lab01
