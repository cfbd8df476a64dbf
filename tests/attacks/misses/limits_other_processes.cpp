// attack: changes the limits of the process that counts
// stage: misses
// verdict: forbidden_syscall getppid
// defence: guest_calls, seccomp, separate_user
// witness: exited 77
// elsewhere: without landlock
#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  const long harness = syscall(SYS_getppid);
  if (harness > 1 && syscall(SYS_prlimit64, harness, 0, nullptr, nullptr) == 0) got_through();
}
