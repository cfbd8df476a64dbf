// attack: computes a half of the product and mirrors it
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (c.rows != c.cols) return honest_matmul_blocked(a, b, c);
  const std::int64_t half = c.rows / 2;
  honest_matmul_blocked({a.data, half, a.cols, a.stride}, b, {c.data, half, c.cols, c.stride});
  for (std::int64_t i = half; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) = c(c.rows - 1 - i, j);
  }
}
