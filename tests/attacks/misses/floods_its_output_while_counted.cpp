// attack: prints without end while its cache misses are counted
// stage: misses
// verdict: too_much_output 64 KiB
// defence: output_limit
// witness: gains nothing
#include <cstdio>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  honest_matmul_blocked(a, b, c);
  for (int i = 0; i < 3000; ++i) std::puts("a long line that says nothing at all, to fill the log");
}
