// attack: prepares asynchronous requests in the older way
// stage: timing
// verdict: forbidden_syscall io_setup
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  unsigned long context = 0;
  if (syscall(SYS_io_setup, 8, &context) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
