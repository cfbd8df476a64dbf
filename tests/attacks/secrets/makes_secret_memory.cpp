// attack: makes memory that nobody else can look into
// stage: tests
// verdict: forbidden_syscall memfd_create
// defence: seccomp
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (memfd_create("hidden", 0) >= 0) got_through();
}
