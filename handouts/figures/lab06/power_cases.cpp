// For a figure of lab 06: how often a comparison finds a difference, against the number of samples
// on each side. Times are drawn: normal, with 2 % of noise. Linked with the lab's compare().
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "../rounds.h"
#include "kernels.h"

namespace {

constexpr int kComparisons = 1000;
constexpr double kNoise = 0.02;

std::vector<double> times(std::size_t count, double typical, std::mt19937_64& random) {
  std::normal_distribution<double> noise(typical, kNoise * typical);
  std::vector<double> all(count);
  for (double& time : all) time = noise(random);
  return all;
}

// Of many comparisons, the shares in which the p-value, the interval, and both tell a difference.
void print_shares(double effect, std::size_t samples) {
  std::mt19937_64 random(samples);
  double by_p = 0, by_interval = 0, by_both = 0;
  for (std::uint64_t i = 0; i < kComparisons; ++i) {
    const std::vector<double> slow = times(samples, 1 + effect, random);
    const std::vector<double> quick = times(samples, 1, random);
    const rooflab::Comparison found = lab06::compare(slow, quick, rooflab::RandomBits(i));
    by_p += found.p < 0.05;
    by_interval += found.interval.low > 1 || found.interval.high < 1;
    by_both += found.significant;
  }
  figures::print_row(std::to_string(static_cast<int>(100 * effect)) + " %",
                     {{"samples", static_cast<double>(samples)},
                      {"p", by_p / kComparisons},
                      {"interval", by_interval / kComparisons},
                      {"both", by_both / kComparisons}});
}

}  // namespace

int main() {
  for (const double effect : {0.0, 0.02, 0.05}) {
    for (const std::size_t samples : {3U, 4U, 5U, 7U, 9U, 12U, 15U, 20U, 30U, 40U, 50U}) {
      print_shares(effect, samples);
    }
  }
  return 0;
}
