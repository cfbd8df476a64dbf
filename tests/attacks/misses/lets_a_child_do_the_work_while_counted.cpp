// attack: forks a child that does the work, and whose misses are not its own
// stage: misses
// verdict: forbidden_syscall clone
// defence: guest_calls, seccomp
// witness: fewer 2
// elsewhere: ordinary user, without landlock
#include <sys/wait.h>

#include <csignal>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const pid_t child = fork();
  if (child < 0) return honest_matmul_blocked(a, b, c);
  if (child == 0) {
    honest_matmul_blocked(a, b, c);
    raise(SIGKILL);
  }
  waitpid(child, nullptr, 0);
}
