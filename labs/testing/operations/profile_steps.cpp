#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/guarded.h>
#include <rooflab/testing/core/judge.h>
#include <rooflab/testing/operations/profile_steps.h>
#include <rooflab/testing/operations/statistics_reference.h>
#include <rooflab/testing/operations/threads.h>

#include <algorithm>
#include <numeric>

namespace rooflab::testing {
namespace {

// What kernels.h promises of results in double; a median, a sum and a quotient are far better.
constexpr double kRelative = 1e-9;

// Row 0 is the round that does not count. Steps differ, and each takes about the same in all rounds
// but those that are disturbed.
void draw_costs(const ProfileStepsProblem& p, MatrixView<double> costs, Random& random) {
  std::vector<std::int64_t> disturbed(static_cast<std::size_t>(p.rounds));
  std::iota(disturbed.begin(), disturbed.end(), 1);
  for (std::int64_t i = p.rounds - 1; i > 0; --i) {
    std::swap(disturbed[static_cast<std::size_t>(i)],
              disturbed[static_cast<std::size_t>(random.integer(0, i))]);
  }
  disturbed.resize(static_cast<std::size_t>(std::min(p.disturbed, p.rounds)));
  for (std::int64_t i = 0; i < p.steps; ++i) {
    const std::int64_t usual = random.integer(0, p.most_ns);
    for (std::int64_t r = 0; r <= p.rounds; ++r) {
      const bool slow = r == 0 || std::ranges::find(disturbed, r) != disturbed.end();
      const std::int64_t more = slow ? 100 * p.most_ns : usual / 8;
      costs(r, i) = static_cast<double>(usual + random.integer(0, more));
    }
  }
}

double median_of_step(MatrixView<const double> costs, std::int64_t step) {
  std::vector<double> times;
  for (std::int64_t r = 1; r < costs.rows; ++r) times.push_back(costs(r, step));
  return right_summary(times).median;
}

}  // namespace

std::vector<Dimension> ProfileStepsProblem::dimensions() {
  return {at_least_one(steps), {&rounds, 1}, {&disturbed}};
}

std::string ProfileStepsProblem::describe() const {
  std::string text = std::to_string(steps) + (steps == 1 ? " step of " : " steps of ") +
                     (most_ns == 0 ? "0" : "up to " + std::to_string(most_ns)) +
                     " ns, rounds = " + std::to_string(rounds);
  if (disturbed > 0) text += ", " + std::to_string(disturbed) + " of them disturbed";
  return text;
}

std::optional<Failure> ProfileStepsProblem::run(ProfileStepsKernel kernel) const {
  Random random(key);
  GuardedMatrix<double> costs(rounds + 1, steps), shares(1, steps);
  draw_costs(*this, costs.view(), random);
  fill(shares, InitialOutput::nan, random);
  std::vector<std::int32_t> facts(2);
  kernel(costs.view(), shares.span(), facts);

  if (facts[1] > 0) {
    return wrong("called steps out of their turn: " + std::to_string(facts[1]) + " of " +
                 std::to_string(facts[0]) + " calls");
  }
  if (facts[0] != (rounds + 1) * steps) {
    return wrong("called steps " + std::to_string(facts[0]) + " times, not " +
                 std::to_string((rounds + 1) * steps));
  }
  std::vector<double> medians(static_cast<std::size_t>(steps));
  for (std::int64_t i = 0; i < steps; ++i) {
    medians[static_cast<std::size_t>(i)] = median_of_step(std::as_const(costs).view(), i);
  }
  const double all = std::accumulate(medians.begin(), medians.end(), 0.0);
  for (std::int64_t i = 0; i < steps; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const double share = all > 0 ? medians[k] / all : 1 / static_cast<double>(steps);
    const Expected expected{share, kRelative * share};
    if (auto failure = judge_element("shares", {i}, expected, shares.span()[k])) return failure;
  }
  return judge_surroundings("shares", shares);
}

}  // namespace rooflab::testing
