// kernel: matmul_blocked
// mistake: packs b as if its stride were its width
// verdict: matmul_blocked.correctness wrong_result
#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  solved_matmul_blocked(a, {b.data, b.rows, b.cols, b.cols}, c);
}

}  // namespace lab02
