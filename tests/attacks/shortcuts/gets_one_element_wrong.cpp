// attack: gets one element in ten thousand wrong, which a norm of the whole would hide
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  honest_matmul_blocked(a, b, c);
  if (measured(c)) c(c.rows / 2, c.cols / 2) += 1;
}
