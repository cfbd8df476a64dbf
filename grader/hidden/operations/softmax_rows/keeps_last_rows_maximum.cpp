// kernel: softmax_rows
// mistake: does not start anew with the maximum of each row
// verdict: softmax_rows.correctness wrong_result
#include "kernels.h"

#define softmax_rows solved_softmax_rows
#include "solutions/01_baseline/kernels.cpp"
#undef softmax_rows

namespace lab01 {

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  float highest = -std::numeric_limits<float>::infinity();
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j) - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}

}  // namespace lab01
