// idea: a tile of 6×16 in registers that reads b where it lies
// earns: 7-16 of matmul_simd.speedup
// earns: 2 of matmul_simd.vector
#include "register_tile.h"

void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  stages::multiply<false>(a, b, c);
}
