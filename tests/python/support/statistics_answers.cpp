// Answers questions about samples with what lab 06 is tested against (statistics_reference.h), for
// test_statistics.py. A question is a line of words, its answer a line of numbers:
//
//   summary N samples…
//   p M N x… y…
//   interval CONFIDENCE RESAMPLES SEED M N baseline… optimized…
#include <rooflab/testing/operations/statistics_reference.h>

#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

using namespace rooflab;

static std::size_t read_size() {
  std::size_t size = 0;
  std::cin >> size;
  return size;
}

static std::vector<double> read_samples(std::size_t size) {
  std::vector<double> samples(size);
  for (double& sample : samples) std::cin >> sample;
  return samples;
}

static void answer(std::initializer_list<double> numbers) {
  for (const double number : numbers) std::printf("%.17g ", number);
  std::printf("\n");
}

int main() {
  std::string question;
  while (std::cin >> question) {
    if (question == "summary") {
      const Summary s = testing::right_summary(read_samples(read_size()));
      answer({static_cast<double>(s.count), s.least, s.median, s.mean, s.deviation, s.greatest});
    } else if (question == "p") {
      const std::size_t m = read_size(), n = read_size();
      const std::vector<double> x = read_samples(m), y = read_samples(n);
      answer({testing::right_p(x, y)});
    } else {
      double confidence = 0;
      int resamples = 0;
      std::uint64_t seed = 0;
      std::cin >> confidence >> resamples >> seed;
      const std::size_t m = read_size(), n = read_size();
      const std::vector<double> baseline = read_samples(m), optimized = read_samples(n);
      const Interval interval =
          testing::right_interval(baseline, optimized, confidence, resamples, RandomBits(seed));
      answer({interval.low, interval.high});
    }
  }
}
