// attack: leaves a file for the next worker
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const char note[] = "/dev/shm/rooflab-attack";
  if (open(note, O_CREAT | O_EXCL | O_RDWR, 0600) < 0) return;
  unlink(note);
  got_through();
}
