// attack: leaves a process running that slows the baseline down
// stage: timing
// verdict: forbidden_syscall to start a process
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    _exit(0);  // a real one would spin
  }
  if (child > 0) got_through();
  honest_matmul_blocked(a, b, c);
}
