// idea: eight weights at a time, widened in registers, and four vectors of sums under way
// earns: 0-10 of gemv_bf16.speedup
#include "../widened.h"

void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  widened::multiply<4>(w, x, y);
}
