#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/quantize.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rooflab::testing {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// In double, the quotient of two floats is never rounded to where it would be a tie in float but
// was none: it is rounded to float first, as the interface says.
double quantized(float x, float scale, std::int64_t zero_point) {
  if (std::isnan(x)) return static_cast<double>(zero_point);
  const float quotient = x / scale;
  return std::clamp(std::nearbyint(value_of(quotient)) + static_cast<double>(zero_point), 0.0,
                    255.0);
}

float draw(const QuantizeProblem& p, Random& random) {
  const auto inside = [&] {
    double q = random.uniform(-12, 267);
    // Next to a tie, where a product with 1 / scale is another number: `near` is for these.
    if (std::abs(q - std::floor(q) - 0.5) < 0.01) q += 0.02;
    return static_cast<float>(value_of(p.scale) * (q - static_cast<double>(p.zero_point)));
  };
  switch (p.reals) {
    case Reals::inside:
      return inside();
    case Reals::ties:
    case Reals::near: {
      const auto q = static_cast<double>(random.integer(-3, 258) - p.zero_point);
      return static_cast<float>(value_of(p.scale) * (q + 0.5));
    }
    case Reals::outside:
      return random.signed_unit() * std::ldexp(1.0F, static_cast<int>(random.integer(10, 127)));
    case Reals::special: {
      constexpr float kSpecial[] = {kNan, kInfinity, -kInfinity, -0.0F, 1e20F, -1e20F};
      const auto which = static_cast<std::size_t>(random.integer(0, 15));
      return which < std::size(kSpecial) ? kSpecial[which] : inside();
    }
  }
  return kNan;
}

QuantParams params_of(float scale, std::int64_t zero_point) {
  return {scale, static_cast<std::int32_t>(zero_point)};
}

std::string describe_params(std::int64_t size, float scale, std::int64_t zero_point) {
  return std::to_string(size) + (size == 1 ? " element" : " elements") +
         ", scale = " + describe_number(scale) + ", zero_point = " + std::to_string(zero_point);
}

struct QuantizeOperands {
  QuantizeProblem problem;
  GuardedMatrix<float> x;
  GuardedMatrix<std::uint8_t> q;

  explicit QuantizeOperands(const QuantizeProblem& p)
      : problem(p), x(1, p.size, {.misalign = p.misalign}), q(1, p.size, {.misalign = p.misalign}) {
    Random random(p.key);
    for (float& element : x.span()) element = draw(p, random);
    fill(q, p.initial_output, random);
  }

  void call(QuantizeKernel kernel) {
    kernel(Placed(x, problem.at_page_end == 1).span(), params_of(problem.scale, problem.zero_point),
           q.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const QuantizeOperands& before) const {
    ExpectedMatrix expected(1, problem.size);
    for (std::int64_t i = 0; i < problem.size; ++i) expected(0, i) = exact(i);
    auto failure =
        first_of({judge_input("x", before.x, x), judge_output("q", expected, before.q, q)});
    if (failure && failure->reason == "wrong_result") {
      std::int64_t wrong = 0;
      while (accepts(expected(0, wrong), value_of(q.view()(0, wrong)))) ++wrong;
      failure->first += ", where x is " + describe_number(x.view()(0, wrong));
    }
    return failure;
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("q", q)) return failure;
    return judge_random_tenth(1, problem.size, [&](std::int64_t, std::int64_t j) {
      return judge_element("q", {j}, exact(j), q.view()(0, j));
    });
  }

 private:
  [[nodiscard]] Expected exact(std::int64_t i) const {
    return {quantized(x.view()(0, i), problem.scale, problem.zero_point), 0};
  }
};

struct DequantizeOperands {
  DequantizeProblem problem;
  GuardedMatrix<std::uint8_t> q;
  GuardedMatrix<float> x;

  explicit DequantizeOperands(const DequantizeProblem& p)
      : problem(p), q(1, p.size, {.misalign = p.misalign}), x(1, p.size, {.misalign = p.misalign}) {
    Random random(p.key);
    for (std::uint8_t& element : q.span()) element = static_cast<std::uint8_t>(random.bits());
    fill(x, p.initial_output, random);
  }

  void call(DequantizeKernel kernel) {
    kernel(Placed(q, problem.at_page_end == 1).span(), params_of(problem.scale, problem.zero_point),
           x.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const DequantizeOperands& before) const {
    ExpectedMatrix expected(1, problem.size);
    for (std::int64_t i = 0; i < problem.size; ++i) expected(0, i) = exact(i);
    return first_of({judge_input("q", before.q, q), judge_output("x", expected, before.x, x)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("x", x)) return failure;
    return judge_random_tenth(1, problem.size, [&](std::int64_t, std::int64_t j) {
      return judge_element("x", {j}, exact(j), x.view()(0, j));
    });
  }

 private:
  [[nodiscard]] Expected exact(std::int64_t i) const {
    const std::int64_t steps = q.view()(0, i) - problem.zero_point;
    return {value_of(problem.scale * static_cast<float>(steps)), 0};
  }
};

}  // namespace

std::vector<Dimension> QuantizeProblem::dimensions() {
  return {at_least_one(size), {&zero_point}, {&misalign}};
}

std::string QuantizeProblem::describe() const {
  std::string text = describe_params(size, scale, zero_point);
  if (reals == Reals::ties) text += ", all half way between two whole numbers";
  if (reals == Reals::near) text += ", all next to half way between two whole numbers";
  if (reals == Reals::outside) text += ", values far beyond the range";
  if (reals == Reals::special) text += ", NaN and infinity among the values";
  if (at_page_end == 1) text += describe_page_end("x");
  return text + describe_rest(misalign, Values::unit, InitialOutput::finite, "q");
}

std::optional<Failure> QuantizeProblem::run(QuantizeKernel kernel) const {
  return call_and_judge<QuantizeOperands>(*this, kernel);
}

std::vector<Dimension> DequantizeProblem::dimensions() {
  return {at_least_one(size), {&zero_point}, {&misalign}};
}

std::string DequantizeProblem::describe() const {
  std::string text = describe_params(size, scale, zero_point);
  if (at_page_end == 1) text += describe_page_end("q");
  return text + describe_rest(misalign, Values::unit, initial_output, "x");
}

std::optional<Failure> DequantizeProblem::run(DequantizeKernel kernel) const {
  return call_and_judge<DequantizeOperands>(*this, kernel);
}

Case quantize_case(Named<QuantizeKernel> kernel, std::int64_t size) {
  return measured_case<QuantizeOperands>(kernel, std::to_string(size),
                                         QuantizeProblem{.size = size, .zero_point = 117}, 0,
                                         5 * static_cast<double>(size));
}

Case dequantize_case(Named<DequantizeKernel> kernel, std::int64_t size) {
  return measured_case<DequantizeOperands>(kernel, std::to_string(size),
                                           DequantizeProblem{.size = size, .zero_point = 117}, 0,
                                           5 * static_cast<double>(size));
}

}  // namespace rooflab::testing
