// attack: picks its core, such as the one that the grader runs on
// stage: timing
// verdict: forbidden_syscall sched_setaffinity
// defence: seccomp
// witness: exited 77
#include <sched.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  cpu_set_t cores;
  sched_getaffinity(0, sizeof(cores), &cores);
  if (sched_setaffinity(0, sizeof(cores), &cores) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
