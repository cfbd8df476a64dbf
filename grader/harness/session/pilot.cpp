#include "session/pilot.h"

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <thread>
#include <vector>

#include "session/processors.h"

namespace rooflab::harness {
namespace {

std::int64_t cpu_ns() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

std::int64_t run_pilot() {
  constexpr std::size_t kSize = 1024;
  constexpr std::size_t kApart = 1536;  // no multiple of 4 KiB, where loads wait for stores
  static thread_local std::array<float, kApart + kSize> numbers{};
  const std::int64_t start = cpu_ns();
  for (int pass = 0; pass < 192; ++pass) {
    for (std::size_t i = 0; i < kSize; ++i) {
      numbers[i] += 0.5F * numbers[i + kApart];
      asm volatile("" ::: "memory");  // one by one, and not left out
    }
  }
  return cpu_ns() - start;
}

std::int64_t run_pilots(std::uint64_t processors) {
  std::vector<std::int64_t> times(static_cast<std::size_t>(std::popcount(processors)));
  std::atomic<std::size_t> there = 0;
  std::vector<std::thread> threads;
  for (std::int64_t& time : times) {
    const auto processor = static_cast<std::size_t>(std::countr_zero(processors));
    processors &= processors - 1;
    threads.emplace_back([&, processor] {
      keep_on(processor);
      ++there;
      while (there < times.size()) sched_yield();
      time = run_pilot();
    });
  }
  for (std::thread& thread : threads) thread.join();
  return std::ranges::max(times);
}

}  // namespace rooflab::harness
