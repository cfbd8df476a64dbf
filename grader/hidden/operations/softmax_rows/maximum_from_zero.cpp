// kernel: softmax_rows
// mistake: starts the search for the maximum at 0: rows far below 0 underflow
// verdict: softmax_rows.correctness wrong_result
#include "kernels.h"

#define softmax_rows solved_softmax_rows
#include "solutions/01_baseline/kernels.cpp"
#undef softmax_rows

namespace lab01 {

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j) - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}

}  // namespace lab01
