// attack: makes system calls under the numbers of the x32 interface
// stage: tests
// verdict: forbidden_syscall
// defence: seccomp
// witness: exited 77
#include <cerrno>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  constexpr long kX32 = 0x40000000;
  errno = 0;
  syscall(kX32 | SYS_getppid);  // few systems have x32; there, being told so is as good
  got_through();
}
