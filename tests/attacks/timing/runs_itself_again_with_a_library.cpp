// attack: runs another program in its place, with a library of its own loaded first
// stage: timing
// verdict: forbidden_syscall execve
// defence: seccomp, landlock
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  char shell[] = "/bin/sh", option[] = "-c", command[] = "exit 77", preload[] = "LD_PRELOAD=";
  char* const arguments[] = {shell, option, command, nullptr};
  char* const environment[] = {preload, nullptr};
  execve(shell, arguments, environment);
  honest_matmul_blocked(a, b, c);
}
