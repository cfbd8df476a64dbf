// kernel: conv2d_blocked
// mistake: reads the bias even if there is none
// verdict: conv2d_blocked.correctness wrong_result
#include "kernels.h"

#define conv2d_blocked solved_conv2d_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef conv2d_blocked

namespace lab02 {

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  solved_conv2d_blocked(x, w, {bias.data(), static_cast<std::size_t>(y.channels)}, padding, y);
}

}  // namespace lab02
