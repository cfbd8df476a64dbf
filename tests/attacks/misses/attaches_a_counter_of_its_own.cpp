// attack: opens performance counters, to reset them or to watch the grader
// stage: timing
// verdict: forbidden_syscall perf_event_open
// defence: seccomp
// witness: exited 77
#include <linux/perf_event.h>

#include <cerrno>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.size = sizeof(attributes);
  attributes.config = PERF_COUNT_SW_TASK_CLOCK;
  attributes.exclude_kernel = 1;
  // Whether the kernel has it or not is the machine's affair: what counts is that it was asked.
  if (syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0) >= 0 || errno != 0) got_through();
  honest_matmul_blocked(a, b, c);
}
