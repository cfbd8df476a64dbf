// kernel: transpose
// mistake: copies row after row without turning anything
// verdict: transpose.correctness wrong_result
#include "kernels.h"

#define transpose solved_transpose
#include "solutions/01_baseline/kernels.cpp"
#undef transpose

namespace lab01 {

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t t = 0; t < a.rows * a.cols; ++t) {
    b(t / b.cols, t % b.cols) = a(t / a.cols, t % a.cols);
  }
}

}  // namespace lab01
