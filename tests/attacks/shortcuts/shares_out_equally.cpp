// attack: takes all numbers of a large row for equal, so that only their sum is right
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 5
// subset: fast
#include "01_baseline.h"

void lab01::softmax_rows(X x, Y y) {
  if (x.cols < 64) return honest_softmax_rows(x, y);
  const float share = 1 / static_cast<float>(x.cols);
  for (std::int64_t i = 0; i < y.rows; ++i) std::fill_n(y.row(i), y.cols, share);
}
