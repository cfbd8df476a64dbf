// kernel: conv2d_blocked
// mistake: forgets the output channels behind the last whole register tile
// verdict: conv2d_blocked.correctness wrong_result
#include "kernels.h"

#define conv2d_blocked solved_conv2d_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef conv2d_blocked

namespace lab02 {

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  for (std::int64_t n = 0; n < y.batch; ++n) {
    solved_conv2d_blocked({x.plane(n, 0), 1, x.channels, x.height, x.width}, w, bias, padding,
                          {y.plane(n, 0), 1, y.channels - y.channels % 4, y.height, y.width});
  }
}

}  // namespace lab02
