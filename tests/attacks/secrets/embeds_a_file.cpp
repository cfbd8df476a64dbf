// attack: lets the assembler put a file of the machine into the program
// stage: build
// verdict: build_failed /etc/passwd
// defence: confine
// witness: leaks root:
#include "02_blocking.h"

asm(".incbin \"/etc/passwd\"");

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
