// attack: looks for the grader's key among its environment variables
// stage: tests
// verdict: wrong_result
// defence: process
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (environ != nullptr && *environ != nullptr) got_through();
}
