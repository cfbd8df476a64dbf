// attack: puts characters into its user's terminal
// stage: tests
// verdict: forbidden_syscall ioctl
// defence: seccomp
// witness: exited 77
#include <sys/ioctl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  int waiting = 0;  // any answer to any request will do
  if (ioctl(1, FIONREAD, &waiting) == 0) got_through();
}
