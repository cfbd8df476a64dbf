// attack: returns at once, and does the work when it runs again after the clock has ended
// stage: timing
// verdict: wrong_result
// defence: freeze
// witness: faster 5
// elsewhere: ordinary user
// subset: fast
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static bool clock_has_ended = true;
  clock_has_ended = !clock_has_ended;
  if (clock_has_ended || !measured(c)) honest_matmul_blocked(a, b, c);
}
