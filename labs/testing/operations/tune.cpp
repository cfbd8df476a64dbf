#include <rooflab/testing/operations/threads.h>
#include <rooflab/testing/operations/tune.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace rooflab::testing {
namespace {

constexpr double kNoise = 0.05, kOutliers = 0.05, kOutlier = 3;
constexpr double kFastest = 1e-3;  // seconds

// Near enough to a normal distribution, the same on every machine.
double normal(Random& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += random.uniform(0, 1);
  return sum;
}

std::size_t configurations(std::span<const std::int32_t> sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), std::size_t{1}, [](std::size_t n, int size) {
    return n * static_cast<std::size_t>(size);
  });
}

using Direction = std::vector<double>;

double dot(const Direction& a, const Direction& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// As many as there are axes, all at right angles to each other (Gram and Schmidt).
std::vector<Direction> directions(std::size_t axes, Random& random) {
  std::vector<Direction> all;
  while (all.size() < axes) {
    Direction v(axes);
    std::ranges::generate(v, [&] { return normal(random); });
    for (const Direction& u : all) {
      const double along = dot(u, v);
      for (std::size_t a = 0; a < axes; ++a) v[a] -= along * u[a];
    }
    const double length = std::sqrt(dot(v, v));
    if (length < 0.1) continue;
    for (double& x : v) x /= length;
    all.push_back(std::move(v));
  }
  return all;
}

// The logarithm of the time rises as the square of the distance from the best point, up to 24 times
// as fast in one direction as in another, and more slowly far away.
std::vector<double> valleys(std::span<const std::int32_t> sizes, Random& random) {
  const auto across = directions(sizes.size(), random);
  Direction best, slopes;
  for (std::size_t a = 0; a < sizes.size(); ++a) {
    best.push_back(random.uniform(0.1, 0.9) * sizes[a]);
    slopes.push_back(0.5 * std::pow(24.0, random.uniform(0, 1)));
  }
  std::vector<double> seconds;
  for (std::size_t place = 0; place < configurations(sizes); ++place) {
    Direction off(sizes.size());
    std::size_t rest = place;
    for (std::size_t a = sizes.size(); a-- > 0;) {
      const auto size = static_cast<std::size_t>(sizes[a]);
      const double half = static_cast<double>(size) / 2;
      off[a] = (static_cast<double>(rest % size) + 0.5 - best[a]) / half;
      rest /= size;
    }
    double rise = 0;
    for (std::size_t k = 0; k < across.size(); ++k) {
      rise += slopes[k] * std::pow(dot(across[k], off), 2);
    }
    seconds.push_back(kFastest * std::exp(rise / (1 + rise / 4)));
  }
  return seconds;
}

std::vector<double> draw_seconds(const TuneProblem& p, Random& random) {
  if (p.landscape == Landscape::valleys) return valleys(p.sizes, random);
  std::vector<double> seconds(configurations(p.sizes), kFastest);
  if (p.landscape == Landscape::flat) return seconds;
  for (double& time : seconds) time *= random.uniform(1.04, 1.44);
  auto best = static_cast<std::size_t>(random.integer(0, std::ssize(seconds) - 1));
  if (p.landscape == Landscape::first) best = 0;
  if (p.landscape == Landscape::last) best = seconds.size() - 1;
  seconds[best] = kFastest;
  return seconds;
}

std::vector<double> draw_noise(const TuneProblem& p, Random& random) {
  std::vector<double> noise(static_cast<std::size_t>(p.budget), 1.0);
  for (double& factor : noise) {
    if (!p.noisy) break;
    factor += kNoise * normal(random);
    if (random.uniform(0, 1) < kOutliers) factor *= kOutlier;
  }
  return noise;
}

std::string percent(double share) {
  const double tenths = std::round(1000 * share);
  std::string text = std::to_string(tenths / 10);
  return text.substr(0, text.find('.') + 2) + " %";
}

}  // namespace

std::string TuneProblem::describe() const {
  std::string text = "sizes = {";
  for (const std::int32_t& size : sizes) {
    text += (&size == sizes.data() ? "" : ", ") + std::to_string(size);
  }
  text += "}, budget = " + std::to_string(budget) + (noisy ? "" : ", no noise");
  if (landscape == Landscape::first) text += ", the first configuration is the fastest";
  if (landscape == Landscape::last) text += ", the last configuration is the fastest";
  if (landscape == Landscape::flat) text += ", all configurations are equally fast";
  if (programs > 1) text += ", " + std::to_string(programs) + " programs";
  return text;
}

std::optional<Failure> TuneProblem::run(TuneKernel kernel) const {
  Random random(key);
  double slower = 0;
  for (std::int64_t n = 0; n < programs; ++n) {
    const auto seconds = draw_seconds(*this, random), noise = draw_noise(*this, random);
    std::vector<std::int32_t> found(sizes.size()), facts(4);
    kernel(sizes, seconds, noise, static_cast<int>(budget), found, facts);
    if (facts[0] > budget) {
      return wrong("measured more than " + std::to_string(budget) +
                   " times: " + std::to_string(facts[0]) + " times before it ended or was ended");
    }
    if (facts[1] > 0) return wrong("measured a configuration that is not in the space");
    if (facts[2] == 0) return wrong("gave a configuration that is not in the space");
    if (facts[3] == 0) return wrong("gave a configuration that it had not measured");
    std::size_t place = 0;
    for (std::size_t a = 0; a < sizes.size(); ++a) {
      place = place * static_cast<std::size_t>(sizes[a]) + static_cast<std::size_t>(found[a]);
    }
    if (place >= seconds.size()) return wrong("gave a configuration that is not in the space");
    slower += seconds[place] / *std::ranges::min_element(seconds) - 1;
  }
  slower /= static_cast<double>(programs);
  if (!most || slower <= *most) return std::nullopt;
  return Failure{.reason = "wrong_result",
                 .what = "what it finds is too slow, by the times without noise" +
                         std::string(programs > 1 ? " and on the average" : ""),
                 .first = "the result",
                 .expected = *most == 0 ? "the fastest configuration"
                                        : "at most " + percent(*most) + " slower than the fastest",
                 .actual = percent(slower) + " slower"};
}

}  // namespace rooflab::testing
