// kernel: transpose
// mistake: takes one extent for both: what lies outside the square is left out
// verdict: transpose.correctness wrong_result
#include "kernels.h"

#define transpose solved_transpose
#include "solutions/01_baseline/kernels.cpp"
#undef transpose

namespace lab01 {

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  const std::int64_t n = std::min(a.rows, a.cols);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < n; ++j) b(j, i) = a(i, j);
  }
}

}  // namespace lab01
