// Kernels of labs 03 and 05 (and lab 04's product) beside the libraries, in one process: the
// program behind peers.py, which sets the environment that OpenBLAS and oneDNN take their
// instruction set and threads from. Compiled once per instruction set, for the loop that measures
// its peak.
//
//   peers ISA THREADS SECONDS PART SIZES      PART is in the name of a work; SIZES: full or quick
//
// Each contestant of a work must first compute what ours does. Then they take turns in rounds, in a
// random order, for SECONDS. Prints a JSON document with the seconds per run of every turn.
#include "peers.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string_view>
#include <thread>

namespace peers {
namespace {

// The same numbers and orders in every run.
std::minstd_rand& draw() {
  static std::minstd_rand generator(2026);  // NOLINT(bugprone-random-generator-seed)
  return generator;
}

#ifdef __AVX512F__
constexpr std::size_t kVectorBytes = 64;
#else
constexpr std::size_t kVectorBytes = 32;
#endif
using Vector [[gnu::vector_size(kVectorBytes)]] = float;

volatile float sink;  // so that no work is left out

double seconds_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

bool agree(const Work& work, const Contestant& peer) {
  work.reset();
  work.contestants.front().run();
  const std::vector<float> ours(work.output.begin(), work.output.end());
  const std::vector<std::int32_t> our_whole(work.whole.begin(), work.whole.end());
  std::fill(work.whole.begin(), work.whole.end(), -1);
  std::fill(work.output.begin(), work.output.end(), std::nanf(""));
  work.reset();
  peer.run();
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (!(std::abs(ours[i] - work.output[i]) <= work.tolerance)) {
      std::fprintf(stderr, "%s: element %zu is %g, and %s's is %g\n", work.name.c_str(), i,
                   static_cast<double>(ours[i]), peer.name.c_str(),
                   static_cast<double>(work.output[i]));
      return false;
    }
  }
  if (!std::equal(our_whole.begin(), our_whole.end(), work.whole.begin())) {
    std::fprintf(stderr, "%s: %s has other sums\n", work.name.c_str(), peer.name.c_str());
    return false;
  }
  return true;
}

// Seconds per run of a turn of at least `turn` seconds. One thread is timed by its own CPU clock;
// several by the wall clock, after the threads of whoever ran before have gone to sleep.
double timed(const Contestant& contestant, std::int64_t threads, double turn) {
  const clockid_t clock = threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
  if (threads > 1) std::this_thread::sleep_for(std::chrono::milliseconds(60));
  const auto seconds_of_runs = [&](double least) {
    const double before = seconds_of(clock);
    double spent = 0;
    int runs = 0;
    do {
      contestant.run();
      ++runs;
      spent = seconds_of(clock) - before;
    } while (spent < least);
    return spent / runs;
  };
  const double first = seconds_of_runs(0);  // brings its data into the cache, if it fits
  return first > 20 * turn ? first : seconds_of_runs(turn);
}

bool first_work = true;

void print(const Work& work, const std::vector<std::vector<double>>& seconds) {
  std::printf("%s\n{\"work\": \"%s\", \"unit\": \"%s\", \"contestants\": [", first_work ? "" : ",",
              work.name.c_str(), work.unit.c_str());
  first_work = false;
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    std::printf("%s\n  {\"name\": \"%s\", \"amount\": %.17g, \"seconds\": [", i == 0 ? "" : ",",
                work.contestants[i].name.c_str(), work.contestants[i].amount);
    for (std::size_t r = 0; r < seconds[i].size(); ++r) {
      std::printf("%s%.9g", r == 0 ? "" : ", ", seconds[i][r]);
    }
    std::printf("]}");
  }
  std::printf("]}");
  std::fflush(stdout);
}

}  // namespace

rooflab::AlignedBuffer<float> random_numbers(std::int64_t size) {
  rooflab::AlignedBuffer<float> numbers(size);
  std::uniform_real_distribution<float> number(-1, 1);
  for (float& x : numbers.span()) x = number(draw());
  return numbers;
}

template <class T>
rooflab::AlignedBuffer<T> random_whole_numbers(std::int64_t size, bool seven_bits) {
  rooflab::AlignedBuffer<T> numbers(size);
  std::uniform_int_distribution<int> number(seven_bits ? -64 : std::numeric_limits<T>::min(),
                                            seven_bits ? 63 : std::numeric_limits<T>::max());
  for (T& x : numbers.span()) x = static_cast<T>(number(draw()));
  return numbers;
}
template rooflab::AlignedBuffer<std::uint8_t> random_whole_numbers(std::int64_t, bool);
template rooflab::AlignedBuffer<std::int8_t> random_whole_numbers(std::int64_t, bool);

float rounding(std::int64_t k) { return 1e-5F * std::sqrt(static_cast<float>(k)); }

// Ten chains of multiply-adds: what measure_peak() of the harness does, but in either width, and
// taking its turn among the contestants.
Contestant peak(std::int64_t threads) {
  constexpr int kChains = 10;
  // More for several threads, beside which starting them is nothing.
  const std::int64_t steps = threads == 1 ? 200'000 : 4'000'000;
  const auto run_one = [steps] {
    Vector sum[kChains];
    for (int i = 0; i < kChains; ++i) sum[i] = Vector{} + static_cast<float>(i);
    const Vector factor = Vector{} + 0.999F;
    const Vector term = Vector{} + 1e-6F;
    for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 10  // or the sums live in memory
      for (int i = 0; i < kChains; ++i) sum[i] = sum[i] * factor + term;
    }
    Vector total{};
    for (const Vector& one : sum) total += one;
    sink = total[0];
  };
  const auto run = [=] {
    std::vector<std::jthread> others;
    for (std::int64_t t = 1; t < threads; ++t) others.emplace_back(run_one);
    run_one();
  };
  const std::int64_t lanes = kVectorBytes / std::int64_t{sizeof(float)};
  return {"peak", run, 2.0 * static_cast<double>(threads * kChains * steps * lanes), false};
}

void measure(Work work, const Options& options) {
  if (work.name.find(options.part) == std::string::npos) return;
  std::erase_if(work.contestants, [](const Contestant& c) { return c.run == nullptr; });
  for (const Contestant& contestant : work.contestants) {
    if (contestant.comparable && !agree(work, contestant)) std::exit(EXIT_FAILURE);
  }
  constexpr int kMostRounds = 200;
  const int least_rounds = options.quick ? 3 : 7;
  const double turn_seconds = options.quick ? 1e-4 : 4e-3;
  std::vector<std::vector<double>> seconds(work.contestants.size());
  std::vector<std::size_t> order(work.contestants.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const double before = seconds_of(CLOCK_MONOTONIC);
  for (int round = 0;
       round < least_rounds ||
       (round < kMostRounds && seconds_of(CLOCK_MONOTONIC) - before < options.seconds);
       ++round) {
    std::shuffle(order.begin(), order.end(), draw());
    for (const std::size_t i : order) {
      seconds[i].push_back(timed(work.contestants[i], options.threads, turn_seconds));
    }
  }
  print(work, seconds);
}

}  // namespace peers

int main(int count, char** arguments) {
  if (count != 6) return EXIT_FAILURE;
  std::printf("[");
  peers::measure_all({arguments[1], std::strtoll(arguments[2], nullptr, 10),
                      std::strtod(arguments[3], nullptr), arguments[4],
                      std::string_view(arguments[5]) == "quick"});
  std::printf("]\n");
}
