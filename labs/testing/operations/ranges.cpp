#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace rooflab::testing {
namespace {

std::string shown(double number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.9g", number);
  return text.data();
}

Failure wrong(const std::string& what, const std::string& expected, double actual) {
  return {.reason = "wrong_result",
          .what = what + " is wrong",
          .first = what,
          .expected = expected,
          .actual = shown(actual)};
}

// The p-th percentile of sorted elements, NumPy's "linear" one.
Expected percentile_of(const std::vector<double>& sorted, double p) {
  const double position = p / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(position), sorted.size() - 1);
  const double from = sorted[below];
  const double to = sorted[std::min(below + 1, sorted.size() - 1)];
  const double value = from + (position - static_cast<double>(below)) * (to - from);
  const double rounding = 4 * kUnitRoundoff<float> * (std::abs(from) + std::abs(to));
  // The position is rounded in double, too.
  return {value, rounding + position * 0x1p-50 * (to - from)};
}

struct Operands {
  CalibrateProblem problem;
  GuardedMatrix<float> x;
  Range result{};

  explicit Operands(const CalibrateProblem& p)
      : problem(p), x(1, p.size, {.misalign = p.misalign}) {
    Random random(p.key);
    const float first = random.signed_unit();
    for (float& element : x.span()) element = draw(p.spread, first, random);
  }

  void call(CalibrateKernel kernel) { result = kernel(x.span(), problem.percentile); }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of({judge_input("x", before.x, x), verify()});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    std::vector<double> sorted(x.span().begin(), x.span().end());
    std::ranges::sort(sorted);
    Expected lo, hi;
    if (!sorted.empty()) {
      lo = percentile_of(sorted, 100 - problem.percentile);
      hi = percentile_of(sorted, problem.percentile);
    }
    if (!accepts(lo, value_of(result.lo))) return wrong("lo", shown(lo.value), value_of(result.lo));
    if (!accepts(hi, value_of(result.hi))) return wrong("hi", shown(hi.value), value_of(result.hi));
    return std::nullopt;
  }

 private:
  static float draw(Spread spread, float first, Random& random) {
    switch (spread) {
      case Spread::around_zero:
        return static_cast<float>(random.uniform(-3, 5));
      case Spread::above_zero:
        return static_cast<float>(random.uniform(1, 2));
      case Spread::equal:
        return first;
      case Spread::outliers: {
        const double factor = random.integer(0, 99) == 0 ? 1000 : 1;
        return static_cast<float>(factor * random.uniform(-3, 5));
      }
    }
    return 0;
  }
};

}  // namespace

std::string ChooseParamsProblem::describe() const {
  return "lo = " + describe_number(lo) + ", hi = " + describe_number(hi);
}

std::optional<Failure> ChooseParamsProblem::run(ChooseParamsKernel kernel) const {
  const auto [scale, zero_point] = kernel(lo, hi);
  const double low = std::min(value_of(lo), 0.0);
  const double high = std::max(value_of(hi), 0.0);
  const double exact = high > low ? (high - low) / 255 : 1;
  if (!accepts({exact, 2 * kUnitRoundoff<float> * exact}, value_of(scale))) {
    return wrong("scale", shown(exact), value_of(scale));
  }
  // The quotient is 255 at most, and rounded in float before it is rounded to a whole number.
  const double quotient = -low / value_of(scale);
  if (std::abs(zero_point - quotient) > 0.5 + 255 * kUnitRoundoff<float> || zero_point < 0 ||
      zero_point > 255) {
    return wrong("zero_point", shown(std::clamp(std::nearbyint(quotient), 0.0, 255.0)), zero_point);
  }
  return std::nullopt;
}

std::vector<Dimension> CalibrateProblem::dimensions() { return {at_least_one(size), {&misalign}}; }

std::string CalibrateProblem::describe() const {
  std::string text = std::to_string(size) + (size == 1 ? " element" : " elements");
  if (spread == Spread::above_zero) text += " within 1 and 2";
  if (spread == Spread::equal) text += ", all the same";
  if (spread == Spread::outliers) text += " with outliers";
  text += ", percentile = " + shown(percentile);
  return text + describe_rest(misalign, Values::unit, InitialOutput::finite, "");
}

std::optional<Failure> CalibrateProblem::run(CalibrateKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case calibrate_case(Named<CalibrateKernel> kernel, std::int64_t size) {
  return measured_case<Operands>(kernel, std::to_string(size),
                                 CalibrateProblem{.size = size, .percentile = 99.9}, 0,
                                 4 * static_cast<double>(size));
}

}  // namespace rooflab::testing
