// attack: ends the program before any test has run
// stage: tests
// verdict: exited exit status 0
// defence: process
// witness: passes
// subset: fast
#include <cstdlib>

#include "02_blocking.h"

[[gnu::constructor]] static void before_main() { std::_Exit(0); }

void lab02::matmul_blocked(A, B, C) {}
