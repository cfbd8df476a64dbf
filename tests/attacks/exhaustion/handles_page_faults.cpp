// attack: answers its own page faults, so that nobody can stop it
// stage: tests
// verdict: forbidden_syscall userfaultfd
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  constexpr int kUserModeOnly = 1;
  if (syscall(SYS_userfaultfd, kUserModeOnly) >= 0) got_through();
}
