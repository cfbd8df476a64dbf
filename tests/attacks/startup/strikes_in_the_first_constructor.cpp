// attack: acts before the worker's own constructor
// stage: tests
// verdict: forbidden_syscall
// defence: seccomp, landlock
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"

[[gnu::constructor(0)]] static void strike() {
  if (open("/etc/passwd", O_RDONLY) >= 0) got_through();
}

void lab02::matmul_blocked(A, B, C) {}
