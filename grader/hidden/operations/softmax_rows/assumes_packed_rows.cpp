// kernel: softmax_rows
// mistake: takes cols for the stride of x
// verdict: softmax_rows.correctness wrong_result
#include "kernels.h"

#define softmax_rows solved_softmax_rows
#include "solutions/01_baseline/kernels.cpp"
#undef softmax_rows

namespace lab01 {

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  solved_softmax_rows({x.data, x.rows, x.cols, x.cols}, y);
}

}  // namespace lab01
