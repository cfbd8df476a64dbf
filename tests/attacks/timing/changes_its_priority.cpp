// attack: asks for another share of the processor
// stage: timing
// verdict: forbidden_syscall setpriority
// defence: seccomp
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <sys/resource.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (setpriority(PRIO_PROCESS, 0, 19) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
