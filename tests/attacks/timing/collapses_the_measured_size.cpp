// attack: right for every size but the one that is timed, which it skips
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 5
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (!measured(c)) honest_matmul_blocked(a, b, c);
}
