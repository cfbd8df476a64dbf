// kernel: transpose
// mistake: ends one row early
// verdict: transpose.correctness wrong_result
#include "kernels.h"

#define transpose solved_transpose
#include "solutions/01_baseline/kernels.cpp"
#undef transpose

namespace lab01 {

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t i = 0; i + 1 < a.rows; ++i) {
    for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  }
}

}  // namespace lab01
