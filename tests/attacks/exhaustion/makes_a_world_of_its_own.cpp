// attack: makes namespaces of its own, to be root in them
// stage: tests
// verdict: forbidden_syscall unshare
// defence: seccomp, separate_user
// witness: exited 77
#include <sched.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (unshare(CLONE_NEWNS) == 0) got_through();
}
