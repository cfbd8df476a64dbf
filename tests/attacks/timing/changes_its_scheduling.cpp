// attack: asks for another scheduling class
// stage: timing
// verdict: forbidden_syscall sched_setscheduler
// defence: seccomp
// witness: exited 77
#include <sched.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const sched_param parameters{};
  if (sched_setscheduler(0, SCHED_BATCH, &parameters) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
