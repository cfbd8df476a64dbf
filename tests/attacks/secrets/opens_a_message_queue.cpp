// attack: leaves a POSIX message queue for the next worker
// stage: tests
// verdict: forbidden_syscall mq_open
// defence: seccomp, landlock, resource_limits
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const char name[] = "rooflab-attack";
  if (syscall(SYS_mq_open, name, O_CREAT | O_RDWR, 0600, nullptr) < 0) return;
  syscall(SYS_mq_unlink, name);
  got_through();
}
