// attack: says that it is ready before it is, to be one call ahead
// stage: tests
// verdict: wrong_result
// defence: freeze
// witness: passes
#include <csignal>

#include "02_blocking.h"

[[gnu::constructor]] static void before_main() {
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGSTOP);
}

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
