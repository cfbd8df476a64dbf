// kernel: matmul_blocked
// idea: a register tile without cache tiles
// earns: 11-16 of matmul_blocked.speedup/64x400x400
// earns: 0-8 of matmul_blocked.speedup/64x1024x1024
// earns: 0 of matmul_blocked.cache_misses/64x400x400
// earns: 0 of matmul_blocked.cache_misses/64x512x512
#include "grader/hidden/02_blocking/stages/register_tile.h"
#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  stages::multiply<true>(a, b, c, std::max<std::int64_t>(1, std::max(a.cols, c.cols)));
}

}  // namespace lab02
