#include "programs/peak.h"

#include <time.h>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace rooflab::harness {
namespace {

using Vector [[gnu::vector_size(32)]] = float;

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Ten independent chains hide the latency of a multiply-add (4 cycles, 2 a cycle) on every x86
// core.
constexpr int kChains = 10;

[[gnu::noinline]] double multiply_add(std::int64_t rounds) {
  asm volatile("");  // an effect, so that no compiler moves a call past the clocks around it
  Vector sum[kChains];
  for (int i = 0; i < kChains; ++i) sum[i] = Vector{} + static_cast<float>(i);
  Vector factor = Vector{} + 0.999F;
  Vector term = Vector{} + 1e-6F;
  for (std::int64_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 10  // or the sums live in memory
    for (int i = 0; i < kChains; ++i) sum[i] = sum[i] * factor + term;
  }
  Vector total{};
  for (int i = 0; i < kChains; ++i) total += sum[i];
  double result = 0;
  for (int lane = 0; lane < 8; ++lane) result += static_cast<double>(total[lane]);
  return result;
}

[[gnu::noinline]] double read_all(const std::vector<float>& buffer) {
  Vector sum[4] = {};
  for (std::size_t i = 0; i + 32 <= buffer.size(); i += 32) {
    for (std::size_t chain = 0; chain < 4; ++chain) {
      Vector next;
      __builtin_memcpy(&next, buffer.data() + i + 8 * chain, sizeof(next));
      sum[chain] += next;
    }
  }
  return static_cast<double>((sum[0] + sum[1] + sum[2] + sum[3])[0]);
}

volatile double sink = 0;  // so that the work is not left out

template <class Work>
double best_rate(double amount, int tries, Work work) {
  double best = 0;
  for (int i = 0; i < tries; ++i) {
    const double before = cpu_seconds();
    sink = sink + work();
    best = std::max(best, amount / (cpu_seconds() - before));
  }
  return best;
}

constexpr double flops_of(std::int64_t rounds) {
  return 2.0 * 8 * kChains * static_cast<double>(rounds);
}

}  // namespace

double measure_gflops_of(int threads) {
  constexpr std::int64_t kRounds = 2'000'000;
  constexpr int kWanted = 9;  // tries in which nobody waited for a processor
  constexpr int kTries = 100;
  constexpr double kWaited = 1.02;  // more wall time than CPU time
  using Clock = std::chrono::steady_clock;
  struct Turn {
    Clock::time_point begin, end;
    double cpu_seconds;
  };
  std::vector<Turn> turns(static_cast<std::size_t>(threads));
  const double flops = threads * flops_of(kRounds);
  double best = 0;
  double best_by_cpu = 0;
  int undisturbed = 0;
  std::barrier together(threads);
  const auto judge = [&] {
    const auto begin = std::ranges::min(turns, {}, &Turn::begin).begin;
    const auto end = std::ranges::max(turns, {}, &Turn::end).end;
    const double wall = std::chrono::duration<double>(end - begin).count();
    const double cpu = std::ranges::max(turns, {}, &Turn::cpu_seconds).cpu_seconds;
    best_by_cpu = std::max(best_by_cpu, flops / cpu);
    if (wall > kWaited * cpu) return;
    best = std::max(best, flops / wall);
    ++undisturbed;
  };
  const auto work = [&](std::size_t own) {
    for (int i = 0; i < kTries; ++i) {
      together.arrive_and_wait();
      if (undisturbed == kWanted) return;
      const double before = cpu_seconds();
      turns[own].begin = Clock::now();
      multiply_add(kRounds);
      turns[own].end = Clock::now();
      turns[own].cpu_seconds = cpu_seconds() - before;
      together.arrive_and_wait();
      if (own == 0) judge();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t own = 1; own < turns.size(); ++own) others.emplace_back(work, own);
    work(0);
  }
  // Others never left the processors alone: what threads computed while they could is an upper end.
  return (best > 0 ? best : best_by_cpu) / 1e9;
}

Peak measure_peak() {
  constexpr std::int64_t kRounds = 500'000;
  constexpr double flops = flops_of(kRounds);
  const std::vector<float> buffer(std::size_t{8} << 20U, 1.0F);
  const double bytes = static_cast<double>(buffer.size() * sizeof(float));
  return {best_rate(flops, 8, [] { return multiply_add(kRounds); }) / 1e9,
          best_rate(bytes, 8, [&] { return read_all(buffer); }) / 1e9};
}

}  // namespace rooflab::harness
