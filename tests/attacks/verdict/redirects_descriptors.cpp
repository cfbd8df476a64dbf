// attack: puts another file in the place of an open one
// stage: tests
// verdict: forbidden_syscall dup2
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (dup2(1, 2) == 2) got_through();
}
