// attack: makes system calls under their 32-bit numbers
// stage: tests
// verdict: forbidden_syscall
// defence: seccomp, landlock
// witness: exited 77
// subset: fast
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  static const char path[] = "/etc/passwd";  // below 4 GiB in a static program
  int result = 5;                            // open
  asm volatile("int $0x80" : "+a"(result) : "b"(path), "c"(0), "d"(0) : "memory");
  if (result >= 0) got_through();
}
