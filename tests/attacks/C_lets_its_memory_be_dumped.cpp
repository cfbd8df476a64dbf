// attack: wants core dumps, which a program of the administrator may read
// stage: tests
// verdict: forbidden_syscall prlimit64
// defence: seccomp,resource_limits
// witness: exited 77
#include <sys/resource.h>

#include "attack.h"

void lab02::matmul_blocked(A, B, C) {
  const rlimit wanted{4096, 4096};
  if (setrlimit(RLIMIT_CORE, &wanted) == 0) got_through();
}
