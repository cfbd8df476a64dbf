// attack: asks for a stack to run, for code that nobody has compiled
// stage: misses
// verdict: crashed no code
// defence: guest_code
// witness: exited 77
#include "02_blocking.h"
#include "run_code.h"

asm(".pushsection .note.GNU-stack, \"x\", @progbits; .popsection");

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  unsigned char code[16];
  run_from(code);
}
