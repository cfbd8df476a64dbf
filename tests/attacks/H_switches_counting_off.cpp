// attack: asks the simulator to count nothing while it works
// stage: misses
// verdict: implausible simulator
// defence: scan, floor
// witness: fewer 2
// elsewhere: ordinary user
// subset: fast
#include <valgrind/callgrind.h>

#include "attack.h"

void lab02::matmul_blocked(A a, B b, C c) {
  CALLGRIND_STOP_INSTRUMENTATION;
  honest_matmul_blocked(a, b, c);
  CALLGRIND_START_INSTRUMENTATION;
}
