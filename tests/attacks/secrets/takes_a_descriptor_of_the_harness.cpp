// attack: takes open files of the harness
// stage: tests
// verdict: forbidden_syscall pidfd_open
// defence: seccomp, landlock, separate_user
// witness: exited 77
#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  const long harness = syscall(SYS_pidfd_open, harness_pid, 0);
  for (int fd = 0; fd < 64; ++fd) {
    if (syscall(SYS_pidfd_getfd, harness, fd, 0) >= 0) got_through();
  }
}
