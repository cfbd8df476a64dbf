// The rates of false alarms and of differences found, of kernels that are known to be wrong.
#include <doctest/doctest.h>
#include <rooflab/testing/operations/statistics.h>
#include <rooflab/testing/operations/statistics_reference.h>

#include <cstdint>
#include <span>

using namespace rooflab;
using namespace rooflab::testing;

namespace {

const RatesProblem kNoDifference{.pairs = 120, .size = 10, .most = 18};
const RatesProblem kDifference{.pairs = 60, .size = 10, .speedup = 1.05, .least = 50, .most = 60};

// Significant if p is below the limit.
template <int percent>
void by_p(std::span<const double> baseline, std::span<const double> optimized,
          std::uint64_t /*seed*/, std::span<double> comparison) {
  comparison[4] = right_p(baseline, optimized) < percent / 100.0 ? 1 : 0;
}

// Significant if the means are 2 % apart.
void by_means(std::span<const double> baseline, std::span<const double> optimized,
              std::uint64_t /*seed*/, std::span<double> comparison) {
  const double ratio = right_summary(baseline).mean / right_summary(optimized).mean;
  comparison[4] = ratio > 1.02 || ratio < 0.98 ? 1 : 0;
}

}  // namespace

TEST_SUITE("rates of differences found") {
  TEST_CASE("a limit of p that is five times too high is found out") {
    CHECK(kNoDifference.run(by_p<25>));
    CHECK_FALSE(kDifference.run(by_p<25>));
  }
  TEST_CASE("one that is far too low misses what is there") {
    CHECK_FALSE(kNoDifference.run(by_p<0>));
    CHECK(kDifference.run(by_p<0>));
  }
  TEST_CASE("means are moved by calls that were interrupted") {
    RatesProblem interrupted = kNoDifference;
    interrupted.noise.interrupted = true;
    CHECK(interrupted.run(by_means));
  }
}
