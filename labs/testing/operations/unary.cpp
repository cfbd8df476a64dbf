#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/unary.h>

#include <array>
#include <bit>
#include <cstdio>
#include <limits>

namespace rooflab::testing {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

float draw(const UnaryProblem& p, std::uint32_t index, Random& random) {
  const auto moderate = [&random] { return static_cast<float>(random.uniform(-10, 10)); };
  switch (p.arguments) {
    case Arguments::moderate:
      return moderate();
    case Arguments::wide:
      return static_cast<float>(random.uniform(-110, 110));
    case Arguments::special: {
      constexpr std::array kSpecial = {kNan, kInfinity, -kInfinity, 0.0F, -0.0F};
      const auto which = static_cast<std::size_t>(random.integer(0, 31));
      return which < kSpecial.size() ? kSpecial[which] : moderate();
    }
    case Arguments::patterns:
      return std::bit_cast<float>(p.first + index * p.step);
  }
  return kNan;
}

// As C++ reads it, for a test of one's own: decimal digits alone say little of a float.
std::string shown(float x) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), " (%a)", value_of(x));
  return describe_number(x) + text.data();
}

struct Operands {
  UnaryProblem problem;
  GuardedMatrix<float> x, y;  // in place: y is both, and x empty

  explicit Operands(const UnaryProblem& p)
      : problem(p),
        x(1, p.in_place != 0 ? 0 : p.size, {.misalign = p.misalign}),
        y(1, p.size, {.misalign = p.misalign}) {
    Random random(p.key);
    std::uint32_t index = 0;
    for (float& element : (p.in_place != 0 ? y : x).span()) element = draw(p, index++, random);
    if (p.in_place == 0) fill(y, p.initial_output, random);
  }

  void call(UnaryKernel kernel) {
    if (problem.in_place != 0) return kernel(y.span(), y.span());
    kernel(Placed(x, problem.at_page_end == 1).span(), y.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    const auto arguments = problem.in_place != 0 ? before.y.span() : before.x.span();
    ExpectedMatrix expected(1, problem.size);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      expected.elements[i] = problem.function(arguments[i], y.span()[i]);
    }
    auto failure =
        first_of({judge_input("x", before.x, x), judge_output("y", expected, before.y, y)});
    if (failure && failure->reason == "wrong_result") {
      failure->first += ", where x is " + shown(arguments[first_wrong(expected)]);
    }
    return failure;
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    return judge_random_tenth(1, problem.size, [&](std::int64_t i, std::int64_t j) {
      const float given = y.view()(i, j);
      return judge_element("y", {j}, problem.function(x.view()(i, j), given), given);
    });
  }

 private:
  [[nodiscard]] std::size_t first_wrong(const ExpectedMatrix& expected) const {
    std::size_t i = 0;
    while (accepts(expected.elements[i], value_of(y.span()[i]))) ++i;
    return i;
  }
};

}  // namespace

std::vector<Dimension> UnaryProblem::dimensions() {
  return {at_least_one(size), {&in_place}, {&misalign}};
}

std::string UnaryProblem::describe() const {
  std::string text = std::to_string(size) + (size == 1 ? " element" : " elements");
  if (in_place != 0) text += ", in place";
  if (arguments == Arguments::wide) text += ", values within ±110";
  if (arguments == Arguments::special) text += ", NaN and infinity among the values";
  if (arguments == Arguments::patterns)
    text += ", from " + shown(std::bit_cast<float>(first)) + " on";
  if (at_page_end == 1) text += describe_page_end("x");
  return text + describe_rest(misalign, Values::unit,
                              in_place != 0 ? InitialOutput::finite : initial_output, "y");
}

std::optional<Failure> UnaryProblem::run(UnaryKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case unary_case(Named<UnaryKernel> kernel, Function function, std::int64_t size,
                double flops_per_element) {
  const auto elements = static_cast<double>(size);
  return measured_case<Operands>(kernel, std::to_string(size),
                                 UnaryProblem{.function = function, .size = size},
                                 flops_per_element * elements, 8 * elements);
}

}  // namespace rooflab::testing
