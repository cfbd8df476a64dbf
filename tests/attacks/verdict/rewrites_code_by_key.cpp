// attack: makes memory executable by way of protection keys
// stage: tests
// verdict: forbidden_syscall pkey_mprotect
// defence: seccomp
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const int all = PROT_READ | PROT_WRITE | PROT_EXEC;
  if (syscall(SYS_pkey_mprotect, page, 4096, all, -1) == 0) got_through();
}
