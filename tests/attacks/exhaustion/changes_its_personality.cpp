// attack: asks for all memory to be executable
// stage: tests
// verdict: forbidden_syscall personality
// defence: seccomp
// witness: exited 77
#include <sys/personality.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (personality(READ_IMPLIES_EXEC) >= 0) got_through();
}
