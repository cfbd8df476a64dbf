// attack: ignores every signal that asks it to end
// stage: tests
// verdict: timed_out of CPU time
// defence: deadline
// witness: exited 77
#include <csignal>
#include <ctime>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (c.rows != 1 || c.cols != 1 || a.cols != 1) return honest_matmul_blocked(a, b, c);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  for (int number = 1; number < 65; ++number) std::signal(number, SIG_IGN);
  timespec time{};
  while (time.tv_sec < 6) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  got_through();
}
