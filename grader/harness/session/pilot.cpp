#include "session/pilot.h"

#include <time.h>

#include <array>
#include <cstddef>

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
  static std::array<float, kApart + kSize> numbers{};
  const std::int64_t start = cpu_ns();
  for (int pass = 0; pass < 192; ++pass) {
    for (std::size_t i = 0; i < kSize; ++i) {
      numbers[i] += 0.5F * numbers[i + kApart];
      asm volatile("" ::: "memory");  // one by one, and not left out
    }
  }
  return cpu_ns() - start;
}

}  // namespace rooflab::harness
