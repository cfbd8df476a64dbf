// kernel: conv2d
// mistake: keeps a row in a buffer of 32 columns and leaves out the rest
// verdict: conv2d.hidden_correctness wrong_result
#include <rooflab/matrix.h>

#include "kernels.h"

#define conv2d solved_conv2d
#include "solutions/01_baseline/kernels.cpp"
#undef conv2d

namespace lab01 {

void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  const rooflab::AlignedBuffer<float> all(y.size());
  solved_conv2d(x, w, bias, padding, {all.data(), y.batch, y.channels, y.height, y.width});
  for (std::int64_t row = 0; row < y.batch * y.channels * y.height; ++row) {
    std::copy_n(all.data() + row * y.width, std::min<std::int64_t>(y.width, 32),
                y.data + row * y.width);
  }
}

}  // namespace lab01
