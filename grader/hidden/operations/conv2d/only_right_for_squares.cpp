// kernel: conv2d_blocked
// mistake: takes heights for widths
// verdict: conv2d_blocked.correctness wrong_result
#include <utility>

#include "kernels.h"

#define conv2d_blocked solved_conv2d_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef conv2d_blocked

namespace lab02 {

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  std::swap(x.height, x.width);
  std::swap(w.height, w.width);
  std::swap(y.height, y.width);
  solved_conv2d_blocked(x, w, bias, padding, y);
}

}  // namespace lab02
