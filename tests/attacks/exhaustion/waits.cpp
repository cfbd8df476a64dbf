// attack: waits without using the processor, so that no limit on its time counts
// stage: tests
// verdict: forbidden_syscall poll
// defence: seccomp
// witness: exited 77
#include <poll.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (poll(nullptr, 0, 1) == 0) got_through();
}
