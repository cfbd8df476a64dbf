// attack: stops itself as if it were done, and does the work when it is woken again
// stage: timing
// verdict: wrong_result
// defence: freeze
// witness: faster 5
#include <csignal>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (measured(c)) syscall(SYS_tgkill, getpid(), gettid(), SIGSTOP);
  honest_matmul_blocked(a, b, c);
}
