// attack: has a timer wake it up again after it has stopped
// stage: timing
// verdict: forbidden_syscall timer_create
// defence: seccomp
// witness: exited 77
#include <csignal>
#include <ctime>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  sigevent wake{};
  wake.sigev_notify = SIGEV_SIGNAL;
  wake.sigev_signo = SIGCONT;
  timer_t timer{};
  if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &wake, &timer) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
