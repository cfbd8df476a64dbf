// attack: ends the program before any constructor has run
// stage: tests
// verdict: exited exit status 0
// defence: process
// witness: passes
#include <cstdlib>

#include "02_blocking.h"

static void leave() { std::_Exit(0); }
[[gnu::section(".preinit_array"), gnu::used]] static void (*const before_constructors)() = leave;

void lab02::matmul_blocked(A, B, C) {}
