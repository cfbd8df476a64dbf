// attack: tells the next worker a bit by a lock on a file
// stage: tests
// verdict: forbidden_syscall flock
// defence: seccomp
// witness: exited 77
#include <sys/file.h>

#include "02_blocking.h"

[[gnu::constructor]] static void before_main() {
  constexpr int kOutputs = 5;
  if (flock(kOutputs, LOCK_EX | LOCK_NB) == 0) got_through();
}

void lab02::matmul_blocked(A, B, C) {}
