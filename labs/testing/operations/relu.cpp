#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/relu.h>

#include <bit>

namespace rooflab::testing {
namespace {

// NaN is itself. The mask is no branch, as nobody can guess which way it would go.
float clipped(float x) {
  const std::uint32_t mask = x <= 0 ? 0 : ~0U;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) & mask);
}
Expected exact(float x) { return {value_of(clipped(x)), 0}; }

struct Operands {
  GuardedMatrix<float> x, y;  // in place: y is both, and x empty

  explicit Operands(const ReluProblem& p)
      : x(1, p.in_place != 0 ? 0 : p.size, {.misalign = p.misalign}),
        y(1, p.size, {.misalign = p.misalign}),
        in_place_(p.in_place != 0),
        at_page_end_(p.at_page_end == 1) {
    Random random(p.key);
    fill(in_place_ ? y : x, p.values, random);
    if (!in_place_) fill(y, p.initial_output, random);
  }

  void call(ReluKernel kernel) {
    if (in_place_) return kernel(y.span(), y.span());
    kernel(Placed(x, at_page_end_).span(), y.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of(
        {judge_input("x", before.x, x), judge_output("y", before.expected(), before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    for (std::int64_t i = 0; i < y.view().cols; ++i) {
      const float in = x.view()(0, i), out = y.view()(0, i);
      if (out == clipped(in)) continue;  // nearly always
      if (auto failure = judge_element("y", {i}, exact(in), out)) return failure;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] ExpectedMatrix expected() const {
    const auto values = in_place_ ? y.span() : x.span();
    ExpectedMatrix expected(1, std::ssize(values));
    for (std::size_t i = 0; i < values.size(); ++i) expected.elements[i] = exact(values[i]);
    return expected;
  }

  bool in_place_, at_page_end_;
};

}  // namespace

std::vector<Dimension> ReluProblem::dimensions() {
  return {at_least_one(size), {&in_place}, {&misalign}};
}

std::string ReluProblem::describe() const {
  const std::string text = std::to_string(size) + " elements" +
                           (in_place != 0 ? ", in place" : "") +
                           (at_page_end == 1 ? describe_page_end("x") : "");
  return text + describe_rest(misalign, values,
                              in_place != 0 ? InitialOutput::finite : initial_output, "y");
}

std::optional<Failure> ReluProblem::run(ReluKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case relu_case(Named<ReluKernel> kernel, std::int64_t size) {
  return measured_case<Operands>(kernel, std::to_string(size), ReluProblem{.size = size}, 0,
                                 8.0 * static_cast<double>(size));
}

}  // namespace rooflab::testing
