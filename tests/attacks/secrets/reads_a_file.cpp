// attack: reads a file of the machine
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <fcntl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (open("/etc/passwd", O_RDONLY) >= 0) got_through();
}
