// attack: leaves System V shared memory for the next worker
// stage: tests
// verdict: forbidden_syscall shmget
// defence: seccomp
// witness: exited 77
#include <sys/ipc.h>
#include <sys/shm.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const int memory = shmget(0x726f6f66, 4096, IPC_CREAT | 0600);
  if (memory < 0) return;
  shmctl(memory, IPC_RMID, nullptr);
  got_through();
}
