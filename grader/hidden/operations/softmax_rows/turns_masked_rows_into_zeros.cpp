// kernel: softmax_rows
// mistake: gives 0 instead of NaN when a row is -inf throughout
// verdict: softmax_rows.correctness wrong_result
#include "kernels.h"

#define softmax_rows solved_softmax_rows
#include "solutions/01_baseline/kernels.cpp"
#undef softmax_rows

namespace lab01 {

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const auto masked = [](float value) {
      return value == -std::numeric_limits<float>::infinity();
    };
    if (std::all_of(x.row(i), x.row(i) + x.cols, masked)) {
      std::fill_n(y.row(i), x.cols, 0.0F);
    } else {
      solved_softmax_rows({x.row(i), 1, x.cols, x.stride}, {y.row(i), 1, y.cols, y.stride});
    }
  }
}

}  // namespace lab01
