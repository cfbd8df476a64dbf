// attack: has an interval timer interrupt it
// stage: timing
// verdict: forbidden_syscall setitimer
// defence: seccomp
// witness: exited 77
#include <sys/time.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const itimerval never{};
  if (setitimer(ITIMER_REAL, &never, nullptr) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
