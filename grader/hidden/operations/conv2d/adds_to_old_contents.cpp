// kernel: conv2d
// mistake: adds to what y held before the call
// verdict: conv2d.correctness wrong_result
#include <rooflab/matrix.h>

#include "kernels.h"

#define conv2d solved_conv2d
#include "solutions/01_baseline/kernels.cpp"
#undef conv2d

namespace lab01 {

void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  const rooflab::AlignedBuffer<float> sums(y.size());
  solved_conv2d(x, w, bias, padding, {sums.data(), y.batch, y.channels, y.height, y.width});
  for (std::int64_t t = 0; t < y.size(); ++t) y.data[t] += sums[t];
}

}  // namespace lab01
