#include <rooflab/testing/operations/relu.h>

#include <utility>

namespace rooflab::testing {
namespace {

// Written so that NaN falls through to itself.
double exact(float x) { return x <= 0 ? 0.0 : static_cast<double>(x); }

ExpectedMatrix exact(const GuardedMatrix& x) {
  const auto values = x.span();
  ExpectedMatrix expected(1, static_cast<std::int64_t>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) expected.elements[i] = {exact(values[i]), 0};
  return expected;
}

class ReluRun : public Run {
 public:
  ReluRun(ReluKernel kernel, std::int64_t size, const Key& key)
      : kernel_(kernel), x_(1, size), y_(1, size), y_before_(1, 0) {
    Random random(key);
    fill(x_, Values::unit, random);
    fill(y_, Before::nan, random);
    y_before_ = y_;
  }

  void call() override { kernel_(std::as_const(x_).span(), y_.span()); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    return judge_output("y", exact(x_), y_before_, y_);
  }

 private:
  ReluKernel kernel_;
  GuardedMatrix x_, y_, y_before_;
};

}  // namespace

std::vector<Dimension> ReluProblem::dimensions() {
  return {at_least_one(size), {&in_place}, {&misalign}};
}

std::string ReluProblem::describe() const {
  const std::string text = std::to_string(size) + " elements" + (in_place != 0 ? ", in place" : "");
  return text + describe_rest(misalign, values, in_place != 0 ? Before::finite : before, "y");
}

std::optional<Failure> ReluProblem::run(ReluKernel kernel) const {
  Random random(key);
  GuardedMatrix x(1, size, {.misalign = misalign});
  GuardedMatrix y(1, size, {.misalign = misalign});
  fill(x, values, random);
  fill(y, before, random);
  const GuardedMatrix x_before = x, y_before = y;
  if (in_place != 0) {
    kernel(std::as_const(x).span(), x.span());
    return judge_output("y", exact(x_before), x_before, x);
  }
  kernel(std::as_const(x).span(), y.span());
  if (auto failure = judge_input("x", x_before, x)) return failure;
  return judge_output("y", exact(x_before), y_before, y);
}

Case relu_case(const std::string& kernel_name, ReluKernel kernel, std::int64_t size) {
  return {kernel_name + "/" + std::to_string(size),
          kernel_name,
          ReluProblem{.size = size}.describe(),
          0,
          8.0 * static_cast<double>(size),
          [=](const Key& key) { return std::make_unique<ReluRun>(kernel, size, key); }};
}

}  // namespace rooflab::testing
