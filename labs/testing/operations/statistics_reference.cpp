#include <rooflab/testing/operations/statistics_reference.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numbers>
#include <vector>

namespace rooflab::testing {
namespace {

using Count = unsigned __int128;

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

std::vector<double> sorted(std::span<const double> values) {
  std::vector<double> copy(values.begin(), values.end());
  std::ranges::sort(copy);
  return copy;
}

// The chance that U is at most u. The arrangements with U = s, of m and n values, are the
// coefficient of qˢ in the Gaussian binomial Π (1 − qⁿ⁺ⁱ) / (1 − qⁱ), i = 1…m (Andrews, "The Theory
// of Partitions", 1976, section 3.2). Whole numbers that wrap on the way are right at the end.
long double chance_of_at_most(std::int64_t u, std::int64_t m, std::int64_t n) {
  std::vector<Count> arrangements(index(u) + 1);
  arrangements[0] = 1;
  Count all = 1;
  for (std::int64_t i = 1; i <= m; ++i) {
    for (std::int64_t s = u; s >= n + i; --s) {
      arrangements[index(s)] -= arrangements[index(s - n - i)];
    }
    for (std::int64_t s = i; s <= u; ++s) arrangements[index(s)] += arrangements[index(s - i)];
    all = all * static_cast<Count>(n + i) / static_cast<Count>(i);
  }
  Count few = 0;
  for (const Count some : arrangements) few += some;
  return static_cast<long double>(few) / static_cast<long double>(all);
}

// The middle of what is drawn is found by counting how often each of the sorted samples is drawn.
class Resampling {
 public:
  explicit Resampling(std::span<const double> samples)
      : sorted_(sorted(samples)), counts_(samples.size()) {
    for (const double sample : samples) {
      places_.push_back(std::ranges::lower_bound(sorted_, sample) - sorted_.begin());
    }
  }

  double median_of_draws(RandomBits& bits) {
    std::ranges::fill(counts_, 0);
    const std::int64_t n = std::ssize(sorted_);
    for (std::int64_t i = 0; i < n; ++i) ++counts_[index(places_[index(bits.below(n))])];
    return (drawn((n - 1) / 2) + drawn(n / 2)) / 2;
  }

 private:
  // The one at this place in rising order.
  [[nodiscard]] double drawn(std::int64_t place) const {
    std::size_t i = 0;
    for (std::int64_t passed = counts_[0]; passed <= place; passed += counts_[i]) ++i;
    return sorted_[i];
  }

  std::vector<double> sorted_;
  std::vector<std::int64_t> places_;  // of each sample, in the order given
  std::vector<std::int64_t> counts_;
};

double quantile(const std::vector<double>& rising, double q) {
  const double position = q * static_cast<double>(rising.size() - 1);
  const double below = std::floor(position);
  const double low = rising[static_cast<std::size_t>(below)];
  const double high = rising[static_cast<std::size_t>(std::ceil(position))];
  return low + (position - below) * (high - low);
}

}  // namespace

Summary right_summary(std::span<const double> samples) {
  if (samples.empty()) return {};
  const std::vector<double> rising = sorted(samples);
  const std::size_t n = rising.size();
  long double sum = 0, squares = 0;
  for (const double sample : samples) sum += sample;
  const long double mean = sum / static_cast<long double>(n);
  for (const double sample : samples) squares += (sample - mean) * (sample - mean);
  const long double variance = n == 1 ? 0 : squares / static_cast<long double>(n - 1);
  return {.count = static_cast<std::int64_t>(n),
          .least = rising.front(),
          .median = (rising[(n - 1) / 2] + rising[n / 2]) / 2,
          .mean = static_cast<double>(mean),
          .deviation = static_cast<double>(std::sqrt(variance)),
          .greatest = rising.back()};
}

double right_p(std::span<const double> x, std::span<const double> y) {
  std::int64_t twice_u = 0;  // pairs whose x is the greater; half of those that are equal
  for (const double a : x) {
    for (const double b : y) twice_u += 2 * static_cast<int>(a > b) + static_cast<int>(a == b);
  }
  std::map<double, std::int64_t> groups;
  for (const double a : x) ++groups[a];
  for (const double b : y) ++groups[b];
  const std::int64_t m = std::ssize(x), n = std::ssize(y), both = m + n;
  twice_u = std::min(twice_u, 2 * m * n - twice_u);
  if (std::min(m, n) <= 8 && std::ssize(groups) == both) {
    const long double tail = chance_of_at_most(twice_u / 2, std::min(m, n), std::max(m, n));
    return static_cast<double>(std::min(1.0L, 2 * tail));
  }
  if (groups.size() == 1) return 1;
  long double ties = 0;
  for (const auto& [value, t] : groups) ties += static_cast<long double>(t * t * t - t);
  const auto pairs = static_cast<long double>(m * n);
  const long double variance =
      pairs / 12 *
      (static_cast<long double>(both + 1) - ties / static_cast<long double>(both * (both - 1)));
  const long double z = static_cast<long double>(m * n - twice_u - 1) / 2 / std::sqrt(variance);
  return static_cast<double>(std::min(1.0L, std::erfc(z / std::numbers::sqrt2_v<long double>)));
}

Interval right_interval(std::span<const double> baseline, std::span<const double> optimized,
                        double confidence, int resamples, RandomBits bits) {
  Resampling before(baseline), after(optimized);
  std::vector<double> ratios;
  for (int i = 0; i < resamples; ++i) {
    const double dividend = before.median_of_draws(bits);
    ratios.push_back(dividend / after.median_of_draws(bits));
  }
  std::ranges::sort(ratios);
  return {quantile(ratios, (1 - confidence) / 2), quantile(ratios, (1 + confidence) / 2)};
}

}  // namespace rooflab::testing
