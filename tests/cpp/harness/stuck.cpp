// A worker whose kernels do not come back, or only late.
#include <unistd.h>

#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "worker/worker.h"

namespace rooflab::harness {
namespace {

// Which of its calls a thread waits in is told by its line.
[[gnu::noinline]] void lock_both(std::mutex& first, std::mutex& second, std::barrier<>& together) {
  const std::unique_lock held(first);
  together.arrive_and_wait();
  const std::unique_lock wanted(second);
}

void locks_in_opposite_orders() {
  std::mutex one;
  std::mutex other;
  std::barrier together(2);
  std::thread second([&] { lock_both(other, one, together); });
  lock_both(one, other, together);
  second.join();
}

void waits_for_nobody() {
  std::mutex mutex;
  std::condition_variable changed;
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return false; });
}

// Nobody computes for a while, and yet it goes on: what sleeps wakes by itself.
void sleeps_for_a_while() {
  std::thread sleeper([] { std::this_thread::sleep_for(std::chrono::milliseconds(1300)); });
  sleeper.join();
}

void computes_for_ever() {
  volatile bool go_on =
      true;  // an atomic that nobody else sees may be left out, and the loop with it
  while (go_on) {
  }
}

// "Done", it says, and is not.
void rings_for_ever() {
  const std::uint64_t once = 1;
  while (write(kBellFd, &once, sizeof(once)) != 0) {
  }
}

constexpr Entry kTable[] = {
    entry<locks_in_opposite_orders>("locks_in_opposite_orders"),
    entry<waits_for_nobody>("waits_for_nobody"),
    entry<sleeps_for_a_while>("sleeps_for_a_while"),
    entry<computes_for_ever>("computes_for_ever"),
    entry<rings_for_ever>("rings_for_ever"),
};

}  // namespace
const std::span<const Entry> kernels = kTable;

}  // namespace rooflab::harness
