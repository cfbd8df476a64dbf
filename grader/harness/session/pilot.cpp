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

volatile float sink = 0;  // so that the work is not left out

}  // namespace

std::int64_t run_pilot() {
  static const std::array<float, 1024> numbers{};
  const std::int64_t start = cpu_ns();
  std::array<float, 4> sum{};  // four chains of multiply-adds
  for (int pass = 0; pass < 192; ++pass) {
    for (std::size_t i = 0; i + 4 <= numbers.size(); i += 4) {
      for (std::size_t chain = 0; chain < 4; ++chain) {
        sum[chain] = sum[chain] * 0.5F + numbers[i + chain];
      }
    }
  }
  sink = sum[0] + sum[1] + sum[2] + sum[3];
  return cpu_ns() - start;
}

}  // namespace rooflab::harness
