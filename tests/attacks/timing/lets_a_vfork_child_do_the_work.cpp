// attack: computes in a child that borrows its memory while it waits itself
// stage: timing
// verdict: forbidden_syscall vfork
// defence: seccomp
// witness: faster 5
// case: matmul_blocked/512
#include <sys/wait.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const pid_t child = vfork();
  if (child == 0) {
    honest_matmul_blocked(a, b, c);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}
