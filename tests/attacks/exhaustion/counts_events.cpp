// attack: opens performance counters
// stage: tests
// verdict: forbidden_syscall perf_event_open
// defence: seccomp, separate_user
// witness: exited 77
#include <linux/perf_event.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  perf_event_attr clock{};
  clock.type = PERF_TYPE_SOFTWARE;
  clock.size = sizeof(clock);
  clock.config = PERF_COUNT_SW_CPU_CLOCK;
  clock.exclude_kernel = 1;
  if (syscall(SYS_perf_event_open, &clock, 0, -1, -1, 0) >= 0) got_through();
}
