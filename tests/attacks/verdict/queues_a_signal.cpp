// attack: queues a signal for the harness
// stage: tests
// verdict: forbidden_syscall rt_sigqueueinfo
// defence: seccomp, landlock, separate_user
// witness: exited 77
#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  siginfo_t info{};
  info.si_code = SI_QUEUE;
  if (syscall(SYS_rt_sigqueueinfo, harness_pid, 0, &info) == 0) got_through();
}
