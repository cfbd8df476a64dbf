// attack: leaves a System V message for the next worker
// stage: tests
// verdict: forbidden_syscall msgget
// defence: seccomp
// witness: exited 77
#include <sys/ipc.h>
#include <sys/msg.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const int queue = msgget(0x726f6f66, IPC_CREAT | 0600);
  if (queue < 0) return;
  msgctl(queue, IPC_RMID, nullptr);
  got_through();
}
