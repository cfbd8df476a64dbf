// attack: lets the assembler read a file of the machine, and quote it
// stage: build
// verdict: build_failed /etc/passwd
// defence: confine
// witness: leaks nologin
#include "02_blocking.h"

asm(".include \"/etc/passwd\"");

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
