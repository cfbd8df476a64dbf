// For a figure of lab 06: how long one operation seems to take, against the calls in a sample: by
// the processor's clock, which takes time to read, and by a clock that ticks every microsecond.
// And how long the first calls of an operation on new memory take.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <vector>

#include "../rounds.h"

namespace {

constexpr int kSamples = 400;
constexpr double kTickNs = 1000;

volatile float factor = 0.5F;

// 100 multiply-adds, each of which waits for the last one.
void operation() {
  float value = 1;
  for (int i = 0; i < 100; ++i) value = value * factor + 1;
  factor = value / 4;  // 0.5 again
}

double cpu_ns() { return figures::now_ns(CLOCK_THREAD_CPUTIME_ID); }
double tick_ns() { return kTickNs * std::floor(figures::now_ns() / kTickNs); }

template <class Clock>
double sample_ns(const Clock& clock, int calls) {
  const double begin = clock();
  for (int i = 0; i < calls; ++i) operation();
  return (clock() - begin) / calls;
}

template <class Clock>
void print_samples(const char* name, const Clock& clock) {
  for (int calls = 1; calls <= 4096; calls *= 2) {
    std::vector<double> samples;
    for (int i = 0; i < kSamples; ++i) samples.push_back(sample_ns(clock, calls));
    figures::print_row(name, {{"calls", static_cast<double>(calls)},
                              {"low", figures::quantile(samples, 0.05)},
                              {"ns", figures::quantile(samples, 0.5)},
                              {"high", figures::quantile(samples, 0.95)}});
  }
}

// Reading the clock again and again: the cost of one reading.
void print_reading() {
  std::vector<double> costs;
  for (int i = 0; i < 10000; ++i) {
    const double begin = cpu_ns();
    costs.push_back(cpu_ns() - begin);
  }
  figures::print_row("reading", {{"ns", figures::quantile(costs, 0.5)}});
}

// y = x + 1 for a MiB of numbers, in memory that nobody has touched yet.
void print_first_calls() {
  constexpr std::size_t kNumbers = 1U << 18U;
  constexpr std::size_t kCalls = 6;
  std::array<std::vector<double>, kCalls> ns;
  for (int i = 0; i < 100; ++i) {
    const std::unique_ptr<float, decltype(&std::free)> x(
        static_cast<float*>(std::calloc(kNumbers, sizeof(float))), &std::free);
    const std::unique_ptr<float, decltype(&std::free)> y(
        static_cast<float*>(std::calloc(kNumbers, sizeof(float))), &std::free);
    for (auto& call : ns) {
      const double begin = cpu_ns();
      for (std::size_t j = 0; j < kNumbers; ++j) y.get()[j] = x.get()[j] + 1;
      call.push_back(cpu_ns() - begin);
    }
  }
  for (std::size_t call = 0; call < kCalls; ++call) {
    figures::print_row("first calls", {{"call", static_cast<double>(call + 1)},
                                       {"ns", figures::quantile(ns[call], 0.5)}});
  }
}

}  // namespace

int main() {
  for (int i = 0; i < 100000; ++i) operation();
  print_reading();
  print_samples("processor's", cpu_ns);
  print_samples("ticks", tick_ns);
  print_first_calls();
  return 0;
}
