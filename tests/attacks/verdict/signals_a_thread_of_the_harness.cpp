// attack: stops a thread of the harness
// stage: tests
// verdict: forbidden_syscall tgkill
// defence: seccomp, landlock, separate_user
// witness: exited 77
#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  if (syscall(SYS_tgkill, harness_pid, harness_pid, 0) == 0) got_through();
}
