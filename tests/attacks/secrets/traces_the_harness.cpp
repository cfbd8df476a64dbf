// attack: becomes the debugger of the harness
// stage: tests
// verdict: forbidden_syscall ptrace
// defence: seccomp, landlock, separate_user
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <sys/ptrace.h>

#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  if (ptrace(PTRACE_SEIZE, harness_pid, nullptr, nullptr) == 0) got_through();
}
