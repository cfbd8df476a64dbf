// kernel: conv2d_blocked
// mistake: convolves as mathematicians do, with the filter upside down
// verdict: conv2d_blocked.correctness wrong_result
#include <rooflab/matrix.h>

#include "kernels.h"

#define conv2d_blocked solved_conv2d_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef conv2d_blocked

namespace lab02 {

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  const std::int64_t taps = w.height * w.width;
  const rooflab::AlignedBuffer<float> flipped(w.size());
  for (std::int64_t t = 0; t < w.size(); ++t)
    flipped[t] = w.data[t / taps * taps + taps - 1 - t % taps];
  w.data = flipped.data();
  solved_conv2d_blocked(x, w, bias, padding, y);
}

}  // namespace lab02
