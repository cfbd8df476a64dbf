// attack: does the work in its first calls, until it thinks that nobody looks any more
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 2
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static int calls = 0;
  if (measured(c) && ++calls > 2) return fill_with(c, 0);
  honest_matmul_blocked(a, b, c);
}
