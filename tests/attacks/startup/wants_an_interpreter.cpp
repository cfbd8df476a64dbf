// attack: makes the operating system start another program before it
// stage: tests
// verdict: crashed could not be started
// defence: landlock
// witness: crashed SIGSEGV
#include "02_blocking.h"

asm(".pushsection .interp, \"a\"; .string \"/usr/bin/true\"; .popsection");

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
