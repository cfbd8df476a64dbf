// kernel: conv2d_blocked
// mistake: adds the bias to the image, as if the weights summed to 1
// verdict: conv2d_blocked.correctness input_modified
#include "kernels.h"

#define conv2d_blocked solved_conv2d_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef conv2d_blocked

namespace lab02 {

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  float* pixels = const_cast<float*>(x.data);
  for (std::int64_t t = 0; t < x.size() && !bias.empty(); ++t) pixels[t] += bias[0];
  solved_conv2d_blocked(x, w, {}, padding, y);
}

}  // namespace lab02
