// Lab 03: your kernels. kernels.h says what each must do; handouts/03_simd.md says why and how.
#include "kernels.h"

#include <rooflab/simd.h>

namespace lab03 {

std::int64_t lanes() {
  // TODO: how many floats does a __m256 hold?
  return 0;
}

void relu(std::span<const float> x, std::span<float> y) {
  // TODO: load eight, take the maximum with 0, store eight; and a tail under a mask.
  (void)x, (void)y;
}

void saxpy(float alpha, std::span<const float> x, std::span<float> y) {
  // TODO: one fused multiply-add for eight elements.
  (void)alpha, (void)x, (void)y;
}

float dot(std::span<const float> x, std::span<const float> y) {
  // TODO: several vectors of sums under way, added up at the end.
  (void)x, (void)y;
  return -1;
}

void exp(std::span<const float> x, std::span<float> y) {
  // TODO: 2 to a whole power, times a polynomial of what is left of x.
  (void)x, (void)y;
}

void gelu(std::span<const float> x, std::span<float> y) {
  // TODO: x / (1 + exp(-t)), with your exp on a vector.
  (void)x, (void)y;
}

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  // TODO: for each row a maximum, the exponentials with their sum, and a product.
  (void)x, (void)y;
}

void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  // TODO: pack panels of b, and keep a tile of sums in vector registers.
  (void)a, (void)b, (void)c;
}

void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y) {
  // TODO: add b, gelu, times s, while the elements are in registers.
  (void)x, (void)b, (void)s, (void)y;
}

}  // namespace lab03
