// kernel: transpose
// mistake: takes cols for the stride of b and writes between its rows
// verdict: transpose.correctness out_of_bounds
#include "kernels.h"

#define transpose solved_transpose
#include "solutions/01_baseline/kernels.cpp"
#undef transpose

namespace lab01 {

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t i = 0; i < a.rows; ++i) {
    for (std::int64_t j = 0; j < a.cols; ++j) b.data[j * b.cols + i] = a(i, j);
  }
}

}  // namespace lab01
