// idea: a register tile without cache tiles
// earns: 11-16 of matmul_blocked.speedup/64x400x400
// earns: 0-8 of matmul_blocked.speedup/64x1024x1024
// earns: 0 of matmul_blocked.cache_misses/64x400x400
// earns: 0 of matmul_blocked.cache_misses/64x512x512
#include "register_tile.h"

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  stages::multiply<true>(a, b, c, std::max<std::int64_t>(1, std::max(a.cols, c.cols)));
}
