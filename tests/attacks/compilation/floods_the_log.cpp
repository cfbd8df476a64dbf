// attack: makes the compiler print without end
// stage: build
// verdict: build_failed printed over 256 KiB
// defence: compile_limits
// witness: passes
#include "02_blocking.h"

#define SAY _Pragma("message(\"........................................................\")")
#define TEN(x) x x x x x x x x x x
TEN(TEN(TEN(SAY)))

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
