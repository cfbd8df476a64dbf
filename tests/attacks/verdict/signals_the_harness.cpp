// attack: stops the harness, so that its clock stands still
// stage: tests
// verdict: forbidden_syscall kill
// defence: seccomp, landlock, separate_user
// witness: exited 77
// subset: fast
// elsewhere: ordinary user, without landlock
#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  constexpr int kNothing = 0;  // is checked like any signal, and sends none
  if (kill(harness_pid, kNothing) == 0) got_through();
}
