// attack: sets timers that go off while others run
// stage: tests
// verdict: forbidden_syscall setitimer
// defence: seccomp
// witness: exited 77
#include <sys/time.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const itimerval never{};
  if (setitimer(ITIMER_REAL, &never, nullptr) == 0) got_through();
}
