// attack: sends a signal to all that it may
// stage: tests
// verdict: forbidden_syscall kill
// defence: seccomp
// witness: exited 77
#include <csignal>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (kill(0, 0) == 0) got_through();
}
