// attack: has a part of its program to write and to run, for code that nobody has compiled
// stage: misses
// verdict: crashed no code
// defence: guest_code
// witness: exited 77
#include "02_blocking.h"
#include "run_code.h"

asm(".pushsection .writable_code, \"awx\"; code: .fill 64, 1, 0x90; .popsection");
extern "C" unsigned char code[64];

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) { run_from(code); }
