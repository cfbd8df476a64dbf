// attack: wants to live on when the harness is gone
// stage: tests
// verdict: forbidden_syscall prctl
// defence: seccomp
// witness: exited 77
#include <sys/prctl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (prctl(PR_SET_PDEATHSIG, 0) == 0) got_through();
}
