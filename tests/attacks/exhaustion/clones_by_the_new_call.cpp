// attack: starts a process by clone3, whose flags no filter can read
// stage: tests
// verdict: forbidden_syscall clone3
// defence: seccomp
// witness: exited 77
#include <linux/sched.h>

#include <csignal>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  clone_args arguments{};
  arguments.exit_signal = SIGCHLD;
  const long child = syscall(SYS_clone3, &arguments, sizeof(arguments));
  if (child == 0) _exit(0);
  if (child > 0) got_through();
}
