// Lab 01: your kernels. kernels.h says what each must do; handouts/01_baseline.md says why and how.
#include "kernels.h"

namespace lab01 {

void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  // TODO: for each element of c, sum the products of a row of a and a column of b.
  (void)a, (void)b, (void)c;
}

void relu(std::span<const float> x, std::span<float> y) {
  // TODO: negative numbers become 0; everything else, NaN included, stays what it is.
  (void)x, (void)y;
}

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  // TODO: for each row, find the maximum, then the exponentials and their sum, then divide.
  (void)x, (void)y;
}

void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  // TODO: each output is the dot product of a row of x and a row of w, plus its bias if there is
  // one.
  (void)x, (void)w, (void)bias, (void)y;
}

void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  // TODO: slide each filter over each image; work out which pixels lie inside before the inner
  // loops, not in them.
  (void)x, (void)w, (void)bias, (void)padding, (void)y;
}

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  // TODO: row i of a becomes column i of b.
  (void)a, (void)b;
}

}  // namespace lab01
