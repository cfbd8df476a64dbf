// attack: swaps its inputs, should the product of the other order do as well
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (a.rows != a.cols || b.rows != b.cols) return honest_matmul_blocked(a, b, c);
  honest_matmul_blocked(b, a, c);
}
