// attack: keeps its answers in shared memory, where the next worker finds them
// stage: tests
// verdict: forbidden_syscall shmget
// defence: seccomp
// witness: exited 77
#include <sys/ipc.h>
#include <sys/shm.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  if (id >= 0) {
    shmctl(id, IPC_RMID, nullptr);
    got_through();
  }
  honest_matmul_blocked(a, b, c);
}
