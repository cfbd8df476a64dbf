// kernel: softmax_rows
// mistake: writes eight columns at a time, past the end of the row
// verdict: softmax_rows.correctness out_of_bounds
#include "kernels.h"

#define softmax_rows solved_softmax_rows
#include "solutions/01_baseline/kernels.cpp"
#undef softmax_rows

namespace lab01 {

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  solved_softmax_rows(x, y);
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const std::int64_t end = (x.cols + 7) / 8 * 8;
    for (std::int64_t j = x.cols; j < end; ++j) y.row(i)[j] = 0;
  }
}

}  // namespace lab01
