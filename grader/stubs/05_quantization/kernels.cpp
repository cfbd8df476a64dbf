// Lab 05: your kernels. kernels.h says what each must do; handouts/05_quantization.md says why and
// how.
#include "kernels.h"

#include <rooflab/simd.h>

namespace lab05 {

QuantParams choose_params(float lo, float hi) {
  // TODO: widen the range to hold 0; beware of a range of 0 alone.
  (void)lo, (void)hi;
  return {0, -1};
}

Range calibrate(std::span<const float> x, double percentile) {
  // TODO: two percentiles; nothing has to be sorted as a whole.
  (void)x, (void)percentile;
  return {-1, -2};
}

void quantize(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  // TODO: divide, make it a whole number, add, saturate. What does NaN become, and 1e20?
  (void)x, (void)params, (void)q;
}

void dequantize(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  // TODO: the way back.
  (void)q, (void)params, (void)x;
}

void quantize_weights(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
                      MatrixView<std::int8_t> q) {
  // TODO: a scale for each column, or one for all; then every weight.
  (void)w, (void)largest, (void)scales, (void)q;
}

void matmul_int8(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
                 QuantParams pb, MatrixView<std::int32_t> c) {
  // TODO: the plain product, right for all zero points.
  (void)a, (void)b, (void)pa, (void)pb, (void)c;
}

void matmul_int8_simd(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                      QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c) {
  // TODO: pairs of products in vectors, a tile of sums in registers, packed panels.
  (void)a, (void)b, (void)pa, (void)pb, (void)c;
}

void requantize(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
                MatrixView<std::uint8_t> out) {
  // TODO: to float, times scale, and from there on like quantize.
  (void)acc, (void)scale, (void)zero_point, (void)out;
}

void requantize_channels(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
                         std::span<const float> scales, std::int32_t zero_point,
                         MatrixView<std::uint8_t> out) {
  // TODO: the same with a bias and a scale for each column.
  (void)acc, (void)bias, (void)scales, (void)zero_point, (void)out;
}

void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  // TODO: a row of c is a sum of rows of b.
  (void)row_starts, (void)columns, (void)values, (void)b, (void)c;
}

std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  // TODO: weights, and everything that has to be stored beside them.
  (void)layers, (void)storage;
  return -1;
}

void to_bf16(std::span<const float> x, std::span<Bf16> y) {
  // TODO: round the bits to the upper half; NaN must not become ∞.
  (void)x, (void)y;
}

void from_bf16(std::span<const Bf16> x, std::span<float> y) {
  // TODO: the upper half of a float's bits.
  (void)x, (void)y;
}

void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  // TODO: half the bytes of a float: make it take half the time.
  (void)w, (void)x, (void)y;
}

}  // namespace lab05
