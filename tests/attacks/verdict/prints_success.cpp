// attack: prints what a passed test run prints, and leaves
// stage: tests
// verdict: exited exit status 0
// defence: process
// witness: passes
#include <cstdio>
#include <cstdlib>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  std::puts("[doctest] test cases: 9 | 9 passed | 0 failed | 0 skipped");
  std::puts("[doctest] Status: SUCCESS!");
  std::exit(0);
}
