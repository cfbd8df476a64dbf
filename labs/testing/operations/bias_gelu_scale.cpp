#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/bias_gelu_scale.h>
#include <rooflab/testing/operations/gelu.h>

#include <cmath>
#include <limits>

namespace rooflab::testing {
namespace {

struct Operands {
  BiasGeluScaleProblem problem;
  GuardedMatrix<float> x, b, y;  // in place: y is both, and x empty

  explicit Operands(const BiasGeluScaleProblem& p)
      : problem(p),
        x(p.in_place != 0 ? 0 : p.rows, p.cols, {p.pad_x, p.misalign}),
        b(1, p.cols, {0, p.misalign}),
        y(p.rows, p.cols, {p.pad_y, p.misalign}) {
    Random random(p.key);
    // Unless they are to be special, so that no result leaves the normal range, which takes time.
    draw(p.in_place != 0 ? y : x, p.special != 0 ? 12 : 8, random);
    draw(b, 1, random);
    if (p.in_place == 0) fill(y, p.initial_output, random);
  }

  void call(BiasGeluScaleKernel kernel) {
    const Placed placed_b(b, problem.at_page_end == 2);
    if (problem.in_place != 0) return kernel(y.view(), placed_b.span(), problem.scale, y.view());
    const Placed placed_x(x, problem.at_page_end == 1);
    kernel(placed_x.view(), placed_b.span(), problem.scale, y.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    const auto view = (problem.in_place != 0 ? before.y : before.x).view();
    ExpectedMatrix expected(problem.rows, problem.cols);
    for (std::int64_t i = 0; i < problem.rows; ++i) {
      for (std::int64_t j = 0; j < problem.cols; ++j) {
        expected(i, j) = exact(view(i, j), before.b.view()(0, j), y.view()(i, j));
      }
    }
    return first_of({judge_input("x", before.x, x), judge_input("b", before.b, b),
                     judge_output("y", expected, before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    return judge_random_tenth(problem.rows, problem.cols, [&](std::int64_t i, std::int64_t j) {
      const float given = y.view()(i, j);
      return judge_element("y", {i, j}, exact(x.view()(i, j), b.view()(0, j), given), given);
    });
  }

 private:
  void draw(GuardedMatrix<float>& elements, double range, Random& random) const {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    constexpr float kSpecial[] = {std::numeric_limits<float>::quiet_NaN(), kInfinity, -kInfinity};
    const auto view = elements.view();
    for (std::int64_t i = 0; i < view.rows; ++i) {
      for (std::int64_t j = 0; j < view.cols; ++j) {
        view(i, j) = static_cast<float>(random.uniform(-range, range));
        if (problem.special == 0) continue;
        if (const auto which = random.integer(0, 40); which < 3) view(i, j) = kSpecial[which];
      }
    }
  }

  [[nodiscard]] Expected exact(float element, float bias, float given) const {
    const Expected gelu = exact_gelu(value_of(element) + value_of(bias), 1, given);
    const double scale = value_of(problem.scale);
    const double value = scale * gelu.value;
    return {value, std::abs(scale) * gelu.bound + kUnitRoundoff<float> * std::abs(value) +
                       2 * kSmallestFloat};
  }
};

}  // namespace

std::vector<Dimension> BiasGeluScaleProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_x}, {&pad_y}, {&in_place}, {&misalign}};
}

std::string BiasGeluScaleProblem::describe() const {
  std::string text = in_place != 0 ? describe_matrix("x, in place,", rows, cols, pad_y)
                                   : describe_matrix("x", rows, cols, pad_x) + ", " +
                                         describe_matrix("y", rows, cols, pad_y);
  text += ", s " + describe_number(scale);
  if (at_page_end != 0) text += describe_page_end(at_page_end == 1 ? "x" : "b");
  return text + describe_rest(misalign, special != 0 ? Values::special : Values::unit,
                              in_place != 0 ? InitialOutput::finite : initial_output, "y");
}

std::optional<Failure> BiasGeluScaleProblem::run(BiasGeluScaleKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case bias_gelu_scale_case(Named<BiasGeluScaleKernel> kernel, std::int64_t rows, std::int64_t cols) {
  const auto elements = static_cast<double>(rows * cols);
  return measured_case<Operands>(kernel, describe_extents({rows, cols}),
                                 BiasGeluScaleProblem{.rows = rows, .cols = cols},
                                 10 * elements,  // gelu's eight, a sum, a product
                                 8 * elements + 4 * static_cast<double>(cols));
}

}  // namespace rooflab::testing
