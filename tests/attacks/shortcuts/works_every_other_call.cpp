// attack: skips the work now and then
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 1.5
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static int calls = 0;
  if (measured(c) && ++calls % 2 == 0) return;
  honest_matmul_blocked(a, b, c);
}
