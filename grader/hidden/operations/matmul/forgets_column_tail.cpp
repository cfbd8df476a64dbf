// kernel: matmul_blocked
// mistake: forgets the columns behind the last whole register tile
// verdict: matmul_blocked.correctness wrong_result
#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  c.cols -= c.cols % 4;
  b.cols = c.cols;
  solved_matmul_blocked(a, b, c);
}

}  // namespace lab02
