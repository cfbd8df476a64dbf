// attack: opens more than sixteen files
// stage: tests
// verdict: forbidden_syscall dup
// defence: seccomp, resource_limits
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  for (int i = 0; i < 64; ++i) {
    if (dup(1) > 16) got_through();
  }
}
