// kernel: matmul_blocked
// mistake: sums 256 terms at most
// verdict: matmul_blocked.hidden_correctness wrong_result
#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  a.cols = std::min<std::int64_t>(a.cols, 256);
  b.rows = a.cols;
  solved_matmul_blocked(a, b, c);
}

}  // namespace lab02
