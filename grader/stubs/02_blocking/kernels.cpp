// Lab 02: your kernels. kernels.h says what each must do; handouts/02_blocking.md says why and how.
#include "kernels.h"

namespace lab02 {

void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  // TODO: three loops, in the order i, k, j.
  (void)a, (void)b, (void)c;
}

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  // TODO: loop over tiles that fit in the L1 cache, and inside a tile keep sums in registers.
  (void)a, (void)b, (void)c;
}

void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  // TODO: copy square tiles, so that every cache line that is fetched is used up.
  (void)a, (void)b;
}

void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  // TODO: arrange the pixels so that this becomes a matrix product, and call matmul_blocked.
  (void)x, (void)w, (void)bias, (void)padding, (void)y;
}

std::int64_t choose_tile(std::int64_t cache_bytes) {
  // TODO: the largest multiple of 8 with 3·t²·4 <= cache_bytes, and at least 8.
  (void)cache_bytes;
  return 0;
}

}  // namespace lab02
