// attack: has memory to write and to run, for requests to the simulator that no scan finds
// stage: misses
// verdict: implausible simulator
// defence: scan
// witness: fewer 5
#include "late_requests.h"

asm(".pushsection .writable_code, \"awx\"; code: .fill 64, 1, 0x90; .popsection");
extern "C" unsigned char code[64];

void lab02::matmul_blocked(A a, B b, C c) { work_uncounted(a, b, c, code); }
