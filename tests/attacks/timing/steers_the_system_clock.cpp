// attack: asks to steer the system's clock (and here changes nothing)
// stage: timing
// verdict: forbidden_syscall adjtimex
// defence: seccomp
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <sys/timex.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  timex nothing{};
  if (syscall(SYS_adjtimex, &nothing) >= 0) got_through();
  honest_matmul_blocked(a, b, c);
}
