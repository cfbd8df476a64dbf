// attack: has a stack to run, for requests to the simulator that no scan finds
// stage: misses
// verdict: implausible simulator
// defence: scan
// witness: fewer 5
#include "late_requests.h"

asm(".pushsection .note.GNU-stack, \"x\", @progbits; .popsection");

void lab02::matmul_blocked(A a, B b, C c) {
  unsigned char code[64];
  work_uncounted(a, b, c, code);
}
