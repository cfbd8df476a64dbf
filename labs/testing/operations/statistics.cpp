#include <rooflab/testing/core/guarded.h>
#include <rooflab/testing/core/judge.h>
#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/statistics.h>
#include <rooflab/testing/operations/statistics_reference.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

namespace rooflab::testing {
namespace {

constexpr double kRelative = 1e-9;
constexpr int kResamples = 2000;  // of compare

// The shortest text that is this number and no other.
std::string shown(double number) {
  std::array<char, 40> text{};
  const auto done = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), done.ptr};
}

std::span<const double> span_of(const Samples& samples) {
  return {samples.values.data(), static_cast<std::size_t>(samples.size)};
}

std::string describe_samples(const char* name, const Samples& samples) {
  constexpr std::int64_t kListed = 10;
  const auto values = span_of(samples);
  std::string text = std::string(name) + " = ";
  if (samples.size > kListed) {
    const auto [least, greatest] = std::ranges::minmax(values);
    return text + std::to_string(samples.size) + " numbers from " + shown(least) + " to " +
           shown(greatest);
  }
  text += "{";
  for (const double& value : values) text += (&value == values.data() ? "" : ", ") + shown(value);
  return text + "}";
}

GuardedMatrix<double> guarded(const Samples& samples) {
  GuardedMatrix<double> memory(1, samples.size, {.misalign = 1});
  std::ranges::copy(span_of(samples), memory.span().begin());
  return memory;
}

GuardedMatrix<double> output_of(std::int64_t size) {
  return unwritten(GuardedMatrix<double>(1, size, {.misalign = 1}));
}

Expected near(double value) { return {value, kRelative * std::abs(value)}; }
// Below 10⁻³⁰⁰ floating-point numbers have fewer and fewer digits.
Expected near_p(double p) { return {p, kRelative * p + 1e-300}; }

// A mistake that is known by the number that it gives.
struct Known {
  double value;
  const char* words;
};

// `name` is what kernels.h calls it. 12 digits show any difference beyond 10⁻⁹.
std::optional<Failure> judge_number(const char* name, const Expected& expected, double actual,
                                    std::initializer_list<Known> mistakes = {}) {
  if (accepts(expected, actual)) return std::nullopt;
  const int digits = expected.bound > 0 ? 12 : kDigits<double>;
  Failure failure = wrong_element(name, {}, {expected.value, 0}, actual, digits);
  failure.first.clear();
  for (const Known& mistake : mistakes) {
    if (accepts(near(mistake.value), actual)) failure.pattern = mistake.words;
  }
  return failure;
}

struct SummarizeOperands {
  GuardedMatrix<double> samples, summary = output_of(6);

  explicit SummarizeOperands(const SummarizeProblem& p) : samples(guarded(p.samples)) {}

  void call(SummarizeKernel kernel) { kernel(samples.span(), summary.span()); }

  [[nodiscard]] std::optional<Failure> judge(const SummarizeOperands& before) const {
    const auto [count, least, median, mean, deviation, greatest] = right_summary(samples.span());
    const auto n = static_cast<double>(count);
    const double rounding =
        2 * (n + 2) * kUnitRoundoff<double> * std::max(std::abs(least), std::abs(greatest));
    const auto rounded = [&](double value) {
      return Expected{value, kRelative * std::abs(value) + rounding};
    };
    const double population = n > 1 ? deviation * std::sqrt((n - 1) / n) : deviation;
    const auto given = summary.span();
    return first_of(
        {judge_input("samples", before.samples, samples), judge_surroundings("summary", summary),
         judge_number("count", {n, 0}, given[0]), judge_number("least", {least, 0}, given[1]),
         judge_number("median", rounded(median), given[2]),
         judge_number("mean", rounded(mean), given[3]),
         judge_number("deviation", rounded(deviation), given[4],
                      {{population, "the sum of squares was divided by n, not by n - 1"}}),
         judge_number("greatest", {greatest, 0}, given[5])});
  }
};

struct MannWhitneyOperands {
  GuardedMatrix<double> x, y;
  double p = 0;

  explicit MannWhitneyOperands(const MannWhitneyProblem& problem)
      : x(guarded(problem.x)), y(guarded(problem.y)) {}

  void call(MannWhitneyKernel kernel) { p = kernel(x.span(), y.span()); }

  [[nodiscard]] std::optional<Failure> judge(const MannWhitneyOperands& before) const {
    const double right = x.span().empty() || y.span().empty() ? 1 : right_p(x.span(), y.span());
    return first_of(
        {judge_input("x", before.x, x), judge_input("y", before.y, y),
         judge_number("p", near_p(right), p, {{right / 2, "only one of the tails was counted"}})});
  }
};

struct BootstrapOperands {
  GuardedMatrix<double> baseline, optimized, interval = output_of(2);
  BootstrapProblem problem;

  explicit BootstrapOperands(const BootstrapProblem& p)
      : baseline(guarded(p.baseline)), optimized(guarded(p.optimized)), problem(p) {}

  void call(BootstrapKernel kernel) {
    kernel(baseline.span(), optimized.span(), problem.confidence,
           static_cast<int>(problem.resamples), problem.seed, interval.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const BootstrapOperands& before) const {
    const auto [low, high] =
        right_interval(baseline.span(), optimized.span(), problem.confidence,
                       static_cast<int>(problem.resamples), RandomBits(problem.seed));
    constexpr const char* kUpsideDown = "this is of optimized / baseline";
    return first_of(
        {judge_input("baseline", before.baseline, baseline),
         judge_input("optimized", before.optimized, optimized),
         judge_surroundings("interval", interval),
         judge_number("low", near(low), interval.span()[0], {{1 / high, kUpsideDown}}),
         judge_number("high", near(high), interval.span()[1], {{1 / low, kUpsideDown}})});
  }
};

struct CompareOperands {
  GuardedMatrix<double> baseline, optimized, comparison = output_of(5);
  std::uint64_t seed;

  explicit CompareOperands(const CompareProblem& p)
      : baseline(guarded(p.baseline)), optimized(guarded(p.optimized)), seed(p.seed) {}

  void call(CompareKernel kernel) {
    kernel(baseline.span(), optimized.span(), seed, comparison.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const CompareOperands& before) const {
    const double speedup =
        right_summary(baseline.span()).median / right_summary(optimized.span()).median;
    const auto [low, high] =
        right_interval(baseline.span(), optimized.span(), 0.95, kResamples, RandomBits(seed));
    const double p = right_p(baseline.span(), optimized.span());
    const auto given = comparison.span();
    return first_of(
        {judge_input("baseline", before.baseline, baseline),
         judge_input("optimized", before.optimized, optimized),
         judge_surroundings("comparison", comparison),
         judge_number("speedup", near(speedup), given[0], {{1 / speedup, "it is upside down"}}),
         judge_number("interval.low", near(low), given[1]),
         judge_number("interval.high", near(high), given[2]),
         judge_number("p", near_p(p), given[3]), judge_verdict(p, low, high, given[4])});
  }

 private:
  // Where p or a border of the interval is as good as the limit, rounding decides.
  static std::optional<Failure> judge_verdict(double p, double low, double high, double given) {
    for (const auto& [limit, value] : {std::pair(0.05, p), {1.0, low}, {1.0, high}}) {
      if (value != limit && accepts(near(limit), value)) return std::nullopt;
    }
    const bool small = p<0.05, outside = low> 1 || high < 1, right = small && outside;
    if (given == static_cast<double>(right)) return std::nullopt;
    const std::string why = std::string("p is ") + (small ? "below" : "not below") +
                            " 0.05, and 1 lies " + (outside ? "outside" : "inside") +
                            " the interval";
    return Failure{.reason = "wrong_result",
                   .what = "significant is wrong",
                   .expected = (right ? "true: " : "false: ") + why,
                   .actual = given == 0 ? "false" : "true"};
  }
};

std::string describe_seed(std::uint64_t seed) {
  return ", bits = RandomBits(" + std::to_string(seed) + ")";
}

// Of Box and Muller.
double bell_curve(Random& random) {
  return std::sqrt(-2 * std::log(1 - random.uniform(0, 1))) *
         std::cos(2 * std::numbers::pi * random.uniform(0, 1));
}

}  // namespace

Samples draw_times(std::int64_t size, double typical_ns, Noise noise, Random& random) {
  std::vector<double> times;
  for (std::int64_t i = 0; i < size; ++i) {
    double time = typical_ns * std::max(0.1, 1 + noise.deviation * bell_curve(random));
    if (noise.interrupted && random.integer(0, 9) == 0) time *= random.uniform(1, 3);
    times.push_back(std::ceil(time / noise.tick_ns) * noise.tick_ns);
  }
  return {times};
}

std::string SummarizeProblem::describe() const { return describe_samples("samples", samples); }

std::optional<Failure> SummarizeProblem::run(SummarizeKernel kernel) const {
  return call_and_judge<SummarizeOperands>(*this, kernel);
}

std::vector<Dimension> MannWhitneyProblem::dimensions() {
  return {at_least_one(x.size), at_least_one(y.size)};
}

std::string MannWhitneyProblem::describe() const {
  return describe_samples("x", x) + ", " + describe_samples("y", y);
}

std::optional<Failure> MannWhitneyProblem::run(MannWhitneyKernel kernel) const {
  return call_and_judge<MannWhitneyOperands>(*this, kernel);
}

std::vector<Dimension> BootstrapProblem::dimensions() {
  return {{&resamples, 1}, {&baseline.size, 1}, {&optimized.size, 1}};
}

std::string BootstrapProblem::describe() const {
  return describe_samples("baseline", baseline) + ", " + describe_samples("optimized", optimized) +
         ", confidence = " + shown(confidence) + ", resamples = " + std::to_string(resamples) +
         describe_seed(seed);
}

std::optional<Failure> BootstrapProblem::run(BootstrapKernel kernel) const {
  return call_and_judge<BootstrapOperands>(*this, kernel);
}

std::vector<Dimension> CompareProblem::dimensions() {
  return {{&baseline.size, 1}, {&optimized.size, 1}};
}

std::string CompareProblem::describe() const {
  return describe_samples("baseline", baseline) + ", " + describe_samples("optimized", optimized) +
         describe_seed(seed);
}

std::optional<Failure> CompareProblem::run(CompareKernel kernel) const {
  return call_and_judge<CompareOperands>(*this, kernel);
}

std::string RatesProblem::describe() const {
  const std::string what = speedup == 1
                               ? "the same program"
                               : "programs, the second " + shown(speedup) + " times as fast";
  return std::to_string(pairs) + " pairs of " + std::to_string(size) + " times of " + what +
         ", with a noise of " + shown(100 * noise.deviation) + " %" +
         (noise.interrupted ? ", one in ten up to three times as long" : "");
}

std::optional<Failure> RatesProblem::run(CompareKernel kernel) const {
  Random random(key);
  std::int64_t found = 0;
  for (std::int64_t i = 0; i < pairs; ++i) {
    CompareOperands operands({draw_times(size, 1e6 * speedup, noise, random),
                              draw_times(size, 1e6, noise, random), random.bits()});
    operands.call(kernel);
    found += operands.comparison.span()[4] == 0 ? 0 : 1;
  }
  if (found >= least && found <= most) return std::nullopt;
  return Failure{.reason = "wrong_result",
                 .what = found > most ? "finds differences where there are none"
                                      : "misses differences that are there",
                 .expected = found > most
                                 ? "at most " + std::to_string(most) + " significant pairs"
                                 : "at least " + std::to_string(least) + " significant pairs",
                 .actual = std::to_string(found)};
}

}  // namespace rooflab::testing
