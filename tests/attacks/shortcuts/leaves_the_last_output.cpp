// attack: returns at once when the output looks as if it held an answer already
// stage: timing
// verdict: gains nothing
// defence: process
// witness: faster 5
#include <cmath>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (measured(c) && std::isfinite(c(0, 0)) && std::isfinite(c(c.rows - 1, c.cols - 1))) return;
  honest_matmul_blocked(a, b, c);
}
