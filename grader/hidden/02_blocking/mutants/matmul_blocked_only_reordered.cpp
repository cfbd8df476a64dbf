// kernel: matmul_blocked
// mistake: right and faster, but not blocked: misses the cache as often as before
// verdict: matmul_blocked.cache_misses too_slow
#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  matmul_reordered(a, b, c);
}

}  // namespace lab02
