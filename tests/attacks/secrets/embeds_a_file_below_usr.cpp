// attack: embeds a file that lies where toolchains do, but belongs to none
// stage: build
// verdict: build_failed /usr/lib/os-release
// defence: confine
// witness: leaks PRETTY_NAME
#include "02_blocking.h"

asm(".data; .incbin \"/usr/lib/os-release\"");

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
