// kernel: transpose
// mistake: halves the matrix until one element is left, and never ends on an empty one
// verdict: transpose.correctness crashed
#include "kernels.h"

#define transpose solved_transpose
#include "solutions/01_baseline/kernels.cpp"
#undef transpose

namespace lab01 {

void transpose(MatrixView<const float> a, MatrixView<float> b) {
  if (a.rows == 1 && a.cols == 1) {
    b(0, 0) = a(0, 0);
  } else if (a.rows >= a.cols) {
    const std::int64_t half = a.rows / 2;
    transpose({a.data, half, a.cols, a.stride}, {b.data, b.rows, half, b.stride});
    transpose({a.row(half), a.rows - half, a.cols, a.stride},
              {b.data + half, b.rows, a.rows - half, b.stride});
  } else {
    const std::int64_t half = a.cols / 2;
    transpose({a.data, a.rows, half, a.stride}, {b.data, half, b.cols, b.stride});
    transpose({a.data + half, a.rows, a.cols - half, a.stride},
              {b.row(half), a.cols - half, b.cols, b.stride});
  }
}

}  // namespace lab01
