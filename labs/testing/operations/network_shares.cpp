#include <rooflab/testing/operations/network_shares.h>
#include <rooflab/testing/operations/statistics_reference.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace rooflab::testing {
namespace {

constexpr int kTries = 3;
constexpr int kRounds = 5;
constexpr double kPoints = 0.1;
constexpr std::array kNames = {"the first layer", "gelu", "q, k and v", "attention",
                               "the classifier"};

using Shares = std::array<double, kNetworkSteps>;

Shares seen_from_outside(const InferShape& s, NetworkStepKernel step) {
  const auto seconds = [&](int which) {
    const auto start = std::chrono::steady_clock::now();
    step(s.rows, s.inputs, s.hidden, s.width, s.classes, which);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  std::array<std::vector<double>, kNetworkSteps> times;
  for (int round = 0; round < kRounds; ++round) {
    const double nothing = seconds(-1);
    for (int i = 0; i < kNetworkSteps; ++i) {
      times[static_cast<std::size_t>(i)].push_back(std::max(0.0, seconds(i) - nothing));
    }
  }
  Shares shares{};
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    sum += shares[i] = right_summary(times[i]).median;
  }
  for (double& share : shares) share /= sum;
  return shares;
}

std::string percent(double share) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.0f %%", 100 * share);
  return text.data();
}

}  // namespace

std::string NetworkSharesProblem::describe() const {
  return "the slow network with " + InferProblem{.shape = shape, .key = Key{}}.describe();
}

std::optional<Failure> NetworkSharesProblem::run(NetworkSharesKernel kernel) const {
  std::optional<Failure> failure;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    Shares given{};
    kernel(shape.rows, shape.inputs, shape.hidden, shape.width, shape.classes, given);
    const Shares seen = seen_from_outside(shape, step);
    failure = std::nullopt;
    for (std::size_t i = 0; i < seen.size() && !failure; ++i) {
      if (std::abs(given[i] - seen[i]) <= kPoints) continue;
      failure = Failure{.reason = "wrong_result",
                        .what = "the profile names another share than is seen from outside",
                        .first = std::string("the share of ") + kNames[i],
                        .expected = percent(seen[i]) + ", within 10 points",
                        .actual = percent(given[i])};
    }
    if (!failure) return std::nullopt;
  }
  return failure;
}

}  // namespace rooflab::testing
