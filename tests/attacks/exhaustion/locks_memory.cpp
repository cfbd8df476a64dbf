// attack: locks memory, so that others have less
// stage: tests
// verdict: forbidden_syscall mlock
// defence: seccomp, resource_limits
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  static std::byte page[4096];
  if (mlock(page, sizeof(page)) == 0) got_through();
}
