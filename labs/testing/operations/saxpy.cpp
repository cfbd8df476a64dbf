#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/saxpy.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

struct Operands {
  SaxpyProblem problem;
  GuardedMatrix<float> x, y;
  std::int64_t calls = 0;

  explicit Operands(const SaxpyProblem& p)
      : problem(p), x(1, p.size, {.misalign = p.misalign}), y(1, p.size, {.misalign = p.misalign}) {
    Random random(p.key);
    fill(x, p.values, random);
    fill(y, p.values, random);
  }

  void call(SaxpyKernel kernel) {
    kernel(problem.alpha, Placed(x, problem.at_page_end == 1).span(), y.span());
    ++calls;
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(1, problem.size);
    for (std::int64_t i = 0; i < problem.size; ++i) expected(0, i) = exact(before.y.view(), i);
    return first_of({judge_input("x", before.x, x), judge_output("y", expected, before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    const Operands before(problem);
    return judge_random_tenth(1, problem.size, [&](std::int64_t i, std::int64_t j) {
      return judge_element("y", {j}, exact(before.y.view(), j), y.view()(i, j));
    });
  }

 private:
  // What `start` has become at i after all calls so far: benchmarks repeat a call, and y grows.
  [[nodiscard]] Expected exact(MatrixView<const float> start, std::int64_t i) const {
    const double product = value_of(problem.alpha) * value_of(x.view()(0, i));
    const double first = value_of(start(0, i));
    const auto times = static_cast<double>(calls);
    const double last = first + times * product;
    const double roundings = std::abs(product) + std::max(std::abs(first), std::abs(last));
    return {last, times * (gamma(1) * roundings + 2 * kSmallestFloat)};
  }
};

}  // namespace

std::vector<Dimension> SaxpyProblem::dimensions() { return {at_least_one(size), {&misalign}}; }

std::string SaxpyProblem::describe() const {
  const std::string text = std::to_string(size) + " elements, alpha " + describe_number(alpha) +
                           (at_page_end == 1 ? describe_page_end("x") : "");
  return text + describe_rest(misalign, values, InitialOutput::finite, "y");
}

std::optional<Failure> SaxpyProblem::run(SaxpyKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case saxpy_case(Named<SaxpyKernel> kernel, std::int64_t size) {
  const auto elements = static_cast<double>(size);
  return measured_case<Operands>(kernel, std::to_string(size), SaxpyProblem{.size = size},
                                 2 * elements, 12 * elements);
}

}  // namespace rooflab::testing
