#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/linear.h>

#include <cmath>

namespace rooflab::testing {
namespace {

struct Operands {
  GuardedMatrix<float> x, w, bias, y;

  explicit Operands(const LinearProblem& p)
      : x(p.shape.batch, p.shape.in, {p.pad_x, p.misalign}),
        w(p.shape.out, p.shape.in, {p.pad_w, p.misalign}),
        bias(1, p.with_bias != 0 ? p.shape.out : 0, {0, p.misalign}),
        y(p.shape.batch, p.shape.out, {p.pad_y, p.misalign}) {
    Random random(p.key);
    fill(x, p.values, random);
    fill(w, p.values, random);
    fill(bias, p.values, random);
    fill(y, p.initial_output, random);
  }

  void call(LinearKernel kernel) { kernel(x.view(), w.view(), bias.span(), y.view()); }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(y.view().rows, y.view().cols);
    for (std::int64_t i = 0; i < expected.rows; ++i) {
      for (std::int64_t o = 0; o < expected.cols; ++o) expected(i, o) = before.exact(i, o);
    }
    return first_of({judge_input("x", before.x, x), judge_input("w", before.w, w),
                     judge_input("bias", before.bias, bias),
                     judge_output("y", expected, before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    return judge_random_tenth(y.view().rows, y.view().cols, [&](std::int64_t i, std::int64_t o) {
      return judge_element("y", {i, o}, exact(i, o), y.view()(i, o));
    });
  }

 private:
  [[nodiscard]] Expected exact(std::int64_t i, std::int64_t o) const {
    const auto depth = x.view().cols;
    const float* x_row = x.view().row(i);
    const float* w_row = w.view().row(o);
    Expected e;
    if (!bias.span().empty()) e.value = value_of(bias.span()[static_cast<std::size_t>(o)]);
    e.bound = std::abs(e.value);
    for (std::int64_t p = 0; p < depth; ++p) {
      const double term = value_of(x_row[p]) * value_of(w_row[p]);
      e.value += term;
      e.bound += std::abs(term);
    }
    e.bound = gamma(depth + 2) * e.bound + static_cast<double>(depth + 2) * kSmallestFloat;
    return e;
  }
};

}  // namespace

std::vector<Dimension> LinearProblem::dimensions() {
  return {at_least_one(shape.batch),
          at_least_one(shape.in),
          at_least_one(shape.out),
          {&pad_x},
          {&pad_w},
          {&pad_y},
          {&with_bias},
          {&misalign}};
}

std::string LinearProblem::describe() const {
  const std::string text = describe_matrix("x", shape.batch, shape.in, pad_x) + ", " +
                           describe_matrix("w", shape.out, shape.in, pad_w) +
                           (with_bias != 0 ? ", " : ", no bias, ") +
                           describe_matrix("y", shape.batch, shape.out, pad_y);
  return text + describe_rest(misalign, values, initial_output, "y");
}

std::optional<Failure> LinearProblem::run(LinearKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case linear_case(Named<LinearKernel> kernel, LinearShape shape) {
  const auto [batch, in, out] = shape;
  const auto outputs = static_cast<double>(batch * out);
  return measured_case<Operands>(kernel, describe_extents({batch, in, out}),
                                 LinearProblem{.shape = shape},
                                 2 * outputs * static_cast<double>(in) + outputs,
                                 4 * (static_cast<double>(batch * in + out * in + out) + outputs));
}

}  // namespace rooflab::testing
