// attack: computes without end
// stage: tests
// verdict: timed_out of CPU time
// defence: deadline
// witness: exited 77
#include <ctime>

#include "02_blocking.h"

namespace {

double seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (c.rows != 1 || c.cols != 1 || a.cols != 1) return honest_matmul_blocked(a, b, c);
  while (seconds() < 6) {
  }
  got_through();
}
