// kernel: transpose
// mistake: leaves out the rows behind the 128th
// verdict: transpose.hidden_correctness wrong_result
#include "kernels.h"

#define transpose solved_transpose
#include "solutions/01_baseline/kernels.cpp"
#undef transpose

namespace lab01 {

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t i = 0; i < std::min<std::int64_t>(a.rows, 128); ++i) {
    for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  }
}

}  // namespace lab01
