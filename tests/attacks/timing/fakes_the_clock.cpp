// attack: replaces the C library's clock with one that runs fifty times too slow
// stage: timing
// verdict: gains nothing
// defence: process
// witness: faster 5
// subset: fast
#include <ctime>

#include "02_blocking.h"

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const long done = syscall(SYS_clock_gettime, clock, time);
  const long ns = (time->tv_sec * 1'000'000'000 + time->tv_nsec) / 50;
  *time = {ns / 1'000'000'000, ns % 1'000'000'000};
  return static_cast<int>(done);
}

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
