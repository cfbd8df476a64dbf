// attack: asks which files the harness has open
// stage: tests
// verdict: forbidden_syscall kcmp
// defence: seccomp, landlock, separate_user
// witness: exited 77
#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  constexpr int kFile = 0;
  if (syscall(SYS_kcmp, harness_pid, harness_pid, kFile, 1, 2) >= 0) got_through();
}
