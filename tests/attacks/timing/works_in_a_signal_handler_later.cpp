// attack: stops itself with the work pending in a handler, which runs when it is woken again
// stage: timing
// verdict: wrong_result
// defence: freeze
// witness: faster 5
#include <csignal>

#include "02_blocking.h"

namespace {
A left;
B right;
C product;
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  left = a, right = b, product = c;
  std::signal(SIGCONT, [](int) {
    std::signal(SIGCONT, SIG_DFL);
    honest_matmul_blocked(left, right, product);
  });
  syscall(SYS_tgkill, getpid(), gettid(), SIGSTOP);
}
