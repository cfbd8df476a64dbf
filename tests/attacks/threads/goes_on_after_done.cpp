// attack: says that it is done at once, and lets a thread compute after the clock has ended
// stage: timing
// threads: 2
// verdict: wrong_result
// defence: freeze
// witness: faster 2
// subset: fast
// elsewhere: ordinary user, without landlock
// case: matmul_blocked/512
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
