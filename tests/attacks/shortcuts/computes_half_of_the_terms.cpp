// attack: adds up half of the terms and doubles the sum
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 1.5
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const std::int64_t half = (a.cols + 1) / 2;
  honest_matmul_blocked({a.data, a.rows, half, a.stride}, {b.data, half, b.cols, b.stride}, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) *= 2;
  }
}
