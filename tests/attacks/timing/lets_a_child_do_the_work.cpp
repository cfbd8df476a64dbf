// attack: computes in a child process, whose CPU time is not charged to the worker
// stage: timing
// verdict: forbidden_syscall to start a process
// defence: seccomp
// witness: faster 5
// case: matmul_blocked/512
#include <sys/wait.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const pid_t child = fork();
  if (child == 0) {
    honest_matmul_blocked(a, b, c);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}
