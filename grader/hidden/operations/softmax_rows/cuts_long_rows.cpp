// kernel: softmax_rows
// mistake: handles 4096 columns at most
// verdict: softmax_rows.hidden_correctness wrong_result
#include "kernels.h"

#define softmax_rows solved_softmax_rows
#include "solutions/01_baseline/kernels.cpp"
#undef softmax_rows

namespace lab01 {

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  solved_softmax_rows({x.data, x.rows, std::min<std::int64_t>(x.cols, 4096), x.stride}, y);
}

}  // namespace lab01
