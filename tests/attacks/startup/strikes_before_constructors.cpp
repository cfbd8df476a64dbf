// attack: acts in .preinit_array, before any constructor
// stage: tests
// verdict: forbidden_syscall
// defence: seccomp, landlock
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"

static void strike() {
  if (open("/etc/passwd", O_RDONLY) >= 0) got_through();
}
[[gnu::section(".preinit_array"), gnu::used]] static void (*const before_constructors)() = strike;

void lab02::matmul_blocked(A, B, C) {}
