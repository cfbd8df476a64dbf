// attack: lifts the limit on files, to leave what it has seen in one
// stage: tests
// verdict: forbidden_syscall prlimit64
// defence: seccomp, resource_limits
// witness: exited 77
#include <sys/resource.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const rlimit wanted{4096, 4096};
  if (setrlimit(RLIMIT_FSIZE, &wanted) == 0) got_through();
}
