// attack: none: takes long in its first call only, and is measured by it
// stage: timing
// verdict: honest 0.001
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static bool first = true;
  for (int repeat = 0; repeat < (first ? 40 : 1); ++repeat) honest_matmul_blocked(a, b, c);
  first = false;
}
