// attack: widens the slack of its timers
// stage: timing
// verdict: forbidden_syscall prctl
// defence: seccomp
// witness: exited 77
#include <sys/prctl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (prctl(PR_SET_TIMERSLACK, 1'000'000, 0, 0, 0) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
