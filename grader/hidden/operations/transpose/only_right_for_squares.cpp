// kernel: transpose_blocked
// mistake: takes one extent for both: what lies outside the square is left out
// verdict: transpose_blocked.correctness wrong_result
#include "kernels.h"

#define transpose_blocked solved_transpose_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef transpose_blocked

namespace lab02 {

void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  const std::int64_t n = std::min(a.rows, a.cols);
  solved_transpose_blocked({a.data, n, n, a.stride}, {b.data, n, n, b.stride});
}

}  // namespace lab02
