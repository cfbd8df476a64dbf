// attack: leaves a System V semaphore for the next worker
// stage: tests
// verdict: forbidden_syscall semget
// defence: seccomp
// witness: exited 77
#include <sys/ipc.h>
#include <sys/sem.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const int semaphore = semget(0x726f6f66, 1, IPC_CREAT | 0600);
  if (semaphore < 0) return;
  semctl(semaphore, 0, IPC_RMID);
  got_through();
}
