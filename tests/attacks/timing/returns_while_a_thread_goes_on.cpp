// attack: returns at once, and computes in a thread after the clock has ended
// stage: timing
// verdict: forbidden_syscall most likely to start a process or a thread
// defence: seccomp, freeze
// witness: faster 5
// elsewhere: ordinary user, without landlock
// case: matmul_blocked/256
#include <atomic>
#include <thread>

#include "02_blocking.h"

namespace {
std::thread worker;
std::atomic<bool> clock_has_ended;
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  if (!worker.joinable()) {
    clock_has_ended = false;
    worker = std::thread([=] {
      clock_has_ended.wait(false);
      honest_matmul_blocked(a, b, c);
    });
  } else {  // called once more, unclocked
    clock_has_ended = true;
    clock_has_ended.notify_one();
    worker.join();
  }
}
