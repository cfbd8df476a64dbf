#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/dot.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rooflab::testing {
namespace {

// Whole numbers of up to this magnitude: a sum of `size` products stays within 2²⁴, up to where
// float has every whole number.
std::int64_t largest_whole(std::int64_t size) {
  return static_cast<std::int64_t>(
      std::sqrt(0x1p24 / static_cast<double>(std::max<std::int64_t>(size, 1))));
}

struct Operands {
  DotProblem problem;
  GuardedMatrix<float> x, y;
  float result = std::numeric_limits<float>::quiet_NaN();

  explicit Operands(const DotProblem& p)
      : problem(p),
        x(1, p.size, {.misalign = p.misalign_x}),
        y(1, p.size, {.misalign = p.misalign_y}) {
    Random random(p.key);
    for (GuardedMatrix<float>* input : {&x, &y}) {
      if (p.whole == 0) {
        fill(*input, p.values, random);
      } else {
        fill_with_whole_numbers(*input, random);
      }
    }
  }

  void call(DotKernel kernel) {
    const Placed placed_x(x, problem.at_page_end == 1), placed_y(y, problem.at_page_end == 2);
    result = kernel(placed_x.span(), placed_y.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of({judge_input("x", before.x, x), judge_input("y", before.y, y), verify()});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    auto failure = judge_element("the result", {}, exact(), result);
    if (failure) failure->first.clear();  // there is only one
    return failure;
  }

 private:
  void fill_with_whole_numbers(GuardedMatrix<float>& input, Random& random) const {
    const std::int64_t largest = largest_whole(problem.size);
    for (float& element : input.span()) {
      const std::uint64_t bits = random.bits();
      const auto magnitude =
          static_cast<float>(1 + (bits >> 1U) % static_cast<std::uint64_t>(largest));
      element = (bits & 1U) != 0 ? magnitude : -magnitude;
    }
  }

  [[nodiscard]] Expected exact() const {
    Expected e;
    for (std::int64_t i = 0; i < problem.size; ++i) {
      const double term = value_of(x.view()(0, i)) * value_of(y.view()(0, i));
      e.value += term;
      e.bound += std::abs(term);
    }
    e.bound = problem.whole != 0 ? 0
                                 : gamma(problem.size) * e.bound +
                                       static_cast<double>(problem.size) * kSmallestFloat;
    return e;
  }
};

}  // namespace

std::vector<Dimension> DotProblem::dimensions() {
  return {at_least_one(size), {&misalign_x}, {&misalign_y}};
}

std::string DotProblem::describe() const {
  std::string text = std::to_string(size) + " elements";
  if (whole != 0) text += ", whole numbers";
  if (at_page_end != 0) text += describe_page_end(at_page_end == 1 ? "x" : "y");
  if (misalign_x > 0 || misalign_y > 0) {
    text += ", x " + std::to_string(misalign_x) + " and y " + std::to_string(misalign_y) +
            " elements past a cache line";
  }
  return text + describe_rest(0, values, InitialOutput::finite, "");
}

std::optional<Failure> DotProblem::run(DotKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case dot_case(Named<DotKernel> kernel, std::int64_t size) {
  const auto elements = static_cast<double>(size);
  return measured_case<Operands>(kernel, std::to_string(size), DotProblem{.size = size, .whole = 1},
                                 2 * elements, 8 * elements);
}

}  // namespace rooflab::testing
