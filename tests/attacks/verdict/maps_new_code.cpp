// attack: maps memory for code that no scan has seen
// stage: tests
// verdict: forbidden_syscall mmap
// defence: seccomp
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const int all = PROT_READ | PROT_WRITE | PROT_EXEC;
  if (mmap(nullptr, 4096, all, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) got_through();
}
