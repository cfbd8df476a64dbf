// kernel: matmul_blocked
// mistake: stores all columns of a register tile, past the end of the row
// verdict: matmul_blocked.correctness out_of_bounds
#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  solved_matmul_blocked(a, b, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = c.cols; j < (c.cols + 3) / 4 * 4; ++j) c.row(i)[j] = 0;
  }
}

}  // namespace lab02
