// What the programs of figures share that time what they show themselves: clocks, quantiles, rounds
// of all points, rounds of two threads, and rows of numbers on standard output, which programs.py
// reads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <initializer_list>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace figures {

inline double now_ns(clockid_t clock = CLOCK_MONOTONIC) {
  timespec time{};
  clock_gettime(clock, &time);
  return 1e9 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec);
}

/// What this share of the times lies below: 0.5 is the median.
inline double quantile(std::vector<double> times, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(times.size() - 1));
  std::nth_element(times.begin(), times.begin() + at, times.end());
  return times[static_cast<std::size_t>(at)];
}

/// One number of a figure's series: {"series": …, "key": value, …}.
inline void print_row(const std::string& series,
                      std::initializer_list<std::pair<const char*, double>> values) {
  std::printf("{\"series\": \"%s\"", series.c_str());
  for (const auto& [key, value] : values) std::printf(", \"%s\": %.9g", key, value);
  std::printf("}\n");
}

/// One round of two threads: when each began and ended.
struct Round {
  double begin[2] = {}, end[2] = {};

  [[nodiscard]] double all_ns() const {
    return std::max(end[0], end[1]) - std::min(begin[0], begin[1]);
  }
  [[nodiscard]] double overlap() const {
    return (std::min(end[0], end[1]) - std::max(begin[0], begin[1])) / all_ns();
  }
};

/// work(0) and work(1) on two threads that begin together. Nothing, unless both began within 2 µs
/// and had a processor all the time: their CPU time says so.
template <class Work>
std::optional<Round> two_threads(const Work& work) {
  Round round;
  double waited[2] = {};
  std::atomic<int> ready = 0;
  const auto run = [&](int t) {
    ++ready;
    while (ready < 2) {
    }
    const double cpu = now_ns(CLOCK_THREAD_CPUTIME_ID);
    round.begin[t] = now_ns();
    work(t);
    round.end[t] = now_ns();
    waited[t] = round.end[t] - round.begin[t] - (now_ns(CLOCK_THREAD_CPUTIME_ID) - cpu);
  };
  std::thread other(run, 1);
  run(0);
  other.join();
  const bool ran = std::max(waited[0], waited[1]) < 0.02 * round.all_ns();
  if (!ran || std::abs(round.begin[0] - round.begin[1]) > 2000) return std::nullopt;
  return round;
}

/// One point of a figure.
struct Measured {
  std::string series;
  double x;
  std::function<double()> run;  // one round's time in ns; 0 if the round does not count
  std::vector<double> ns = {};
};

/// Rounds of all points, each in another random order, until each has `rounds` that count; prints a
/// quantile of each, {"series": …, x_name: …, "ns": …}.
inline void measure(std::vector<Measured> all, const char* x_name, std::size_t rounds,
                    double share) {
  std::vector<Measured*> left;
  for (Measured& each : all) left.push_back(&each);
  std::mt19937 random(1);
  const double end = now_ns() + 120e9;
  while (!left.empty() && now_ns() < end) {
    std::shuffle(left.begin(), left.end(), random);
    for (Measured* each : left) {
      if (const double ns = each->run(); ns > 0) each->ns.push_back(ns);
    }
    std::erase_if(left, [&](const Measured* each) { return each->ns.size() >= rounds; });
  }
  if (!left.empty()) {
    std::fprintf(stderr, "error: the two threads hardly ever have a processor each\n");
    std::exit(1);
  }
  for (const Measured& each : all) {
    print_row(each.series, {{x_name, each.x}, {"ns", quantile(each.ns, share)}});
  }
}

}  // namespace figures
