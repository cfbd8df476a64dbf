// idea: eight weights at a time, widened in registers, but a single vector of sums
// earns: 0-10 of gemv_bf16.speedup
#include "../widened.h"

void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  widened::multiply<1>(w, x, y);
}
