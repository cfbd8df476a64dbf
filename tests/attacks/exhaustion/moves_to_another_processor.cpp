// attack: moves to the processor that the harness runs on
// stage: tests
// verdict: forbidden_syscall sched_setaffinity
// defence: seccomp
// witness: exited 77
#include <sched.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  cpu_set_t processors;
  sched_getaffinity(0, sizeof(processors), &processors);
  if (sched_setaffinity(0, sizeof(processors), &processors) == 0) got_through();
}
