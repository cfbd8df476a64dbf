// attack: asks the simulator to forget what it has counted, and counts up to the floor again
// stage: misses
// verdict: implausible simulator
// defence: scan
// witness: fewer 2
#include <valgrind/callgrind.h>

#include "attack.h"

void lab02::matmul_blocked(A a, B b, C c) {
  honest_matmul_blocked(a, b, c);
  CALLGRIND_ZERO_STATS;
  look_busy(a, c);
}
