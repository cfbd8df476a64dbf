// attack: gives a function a name that reads like the simulator's counts
// stage: misses
// verdict: gains nothing
// defence: nameless, parsing
// witness: fewer 2
#include "attack.h"

// A line of its own in the simulator's file, before the true one.
asm(R"(
.pushsection .text
.type "name
totals: 9000000 3000000 300000 1 1 1 1 1 1
", @function
"name
totals: 9000000 3000000 300000 1 1 1 1 1 1
":
named_function:
  ret
.size "name
totals: 9000000 3000000 300000 1 1 1 1 1 1
", 1
.popsection
)");
extern "C" void named_function();

void lab02::matmul_blocked(A a, B b, C c) {
  asm volatile("call named_function" : : : "memory");
  honest_matmul_blocked(a, b, c);
}
