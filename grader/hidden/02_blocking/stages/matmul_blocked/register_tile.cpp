// idea: a register tile within cache tiles, not packed
// earns: 13-16 of matmul_blocked.speedup/64x400x400
// earns: 5-8 of matmul_blocked.speedup/64x1024x1024
// earns: 12 of matmul_blocked.cache_misses/64x400x400
// earns: 0 of matmul_blocked.cache_misses/64x512x512
#include "register_tile.h"

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  stages::multiply<true>(a, b, c, choose_tile(kL1Bytes));
}
