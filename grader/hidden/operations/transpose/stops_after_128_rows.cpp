// kernel: transpose_blocked
// mistake: leaves out the rows behind the 128th
// verdict: transpose_blocked.hidden_correctness wrong_result
#include "kernels.h"

#define transpose_blocked solved_transpose_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef transpose_blocked

namespace lab02 {

void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  constexpr std::int64_t kTile = 16;
  for (std::int64_t i0 = 0; i0 < std::min<std::int64_t>(a.rows, 128); i0 += kTile) {
    for (std::int64_t j0 = 0; j0 < a.cols; j0 += kTile) {
      for (std::int64_t j = j0; j < std::min(j0 + kTile, a.cols); ++j) {
        for (std::int64_t i = i0; i < std::min(i0 + kTile, a.rows); ++i) b(j, i) = a(i, j);
      }
    }
  }
}

}  // namespace lab02
