// attack: looks for the key of the grader's random numbers where the grader has it
// stage: tests
// verdict: passes
// defence: process
// witness: exited 77
#include <cstdlib>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (std::getenv("ROOFLAB_KEY") != nullptr) got_through();
  honest_matmul_blocked(a, b, c);
}
