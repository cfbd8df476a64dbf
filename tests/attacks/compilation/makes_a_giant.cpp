// attack: makes a program that fills the disk
// stage: build
// verdict: build_failed File size limit
// defence: confine
// witness: passes
// subset: fast
#include "02_blocking.h"

asm(".pushsection .giant, \"a\"; .fill 100000000, 1, 7; .popsection");

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
