// attack: leaves a process behind, before main, that watches for the inputs while the worker waits
// stage: timing
// verdict: forbidden_syscall to start a process
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

namespace {
bool watched = false;
[[gnu::constructor]] void leave_a_watcher() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  watched = child > 0;
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (watched) got_through();
  honest_matmul_blocked(a, b, c);
}
