#include <rooflab/testing/operations/softmax.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace rooflab::testing {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

float draw(Logits logits, bool low_row, Random& random) {
  switch (logits) {
    case Logits::unit:
      return random.signed_unit();
    case Logits::wide:
      return static_cast<float>(random.uniform(-100, 100));
    case Logits::low:
      return -1000.0F + random.signed_unit();
    case Logits::huge:
      return random.signed_unit() * 3e38F;
    case Logits::equal:
      return 7.25F;
    case Logits::special:
      if (low_row) return -kInfinity;
      switch (random.integer(0, 63)) {
        case 0:
          return kNan;
        case 1:
          return kInfinity;
        default:
          return random.integer(0, 7) == 0 ? -kInfinity : random.signed_unit();
      }
  }
  return kNan;
}

void fill(GuardedMatrix& x, Logits logits, Random& random) {
  const auto view = x.view();
  for (std::int64_t i = 0; i < view.rows; ++i) {
    for (std::int64_t j = 0; j < view.cols; ++j) view(i, j) = draw(logits, i % 8 == 7, random);
  }
}

const char* in_words(Logits logits) {
  switch (logits) {
    case Logits::unit:
      return "";
    case Logits::wide:
      return ", values within ±100";
    case Logits::low:
      return ", values near -1000";
    case Logits::huge:
      return ", values within ±3e38";
    case Logits::equal:
      return ", all values equal";
    case Logits::special:
      return ", NaN and infinity among the values";
  }
  return "";
}

// Row i in double, by the formula: NaN and infinity find their own way.
void exact_row(MatrixView<const float> x, std::int64_t i, ExpectedMatrix& expected) {
  // Beyond it exp(−d) is 0, for float and for every purpose of this bound; and ∞ · 0 is NaN.
  constexpr double kFarBelow = 200;
  double highest = -std::numeric_limits<double>::infinity();
  for (std::int64_t j = 0; j < x.cols; ++j) {
    highest = std::max(highest, static_cast<double>(x(i, j)));  // passes over NaN
  }
  double sum = 0;
  double spread = 0;
  for (std::int64_t j = 0; j < x.cols; ++j) {
    const double d = static_cast<double>(x(i, j)) - highest;
    expected(i, j).value = std::exp(d);
    sum += expected(i, j).value;
    spread += expected(i, j).value * std::min(-d, kFarBelow);
  }
  for (std::int64_t j = 0; j < x.cols; ++j) {
    const double distance = std::min(highest - static_cast<double>(x(i, j)), kFarBelow);
    Expected& e = expected(i, j);
    e.value /= sum;
    e.bound = e.value * (gamma(x.cols + 20) + kUnitRoundoff * (distance + spread / sum)) +
              8 * kSmallestFloat;
  }
}

ExpectedMatrix exact(const GuardedMatrix& x) {
  const auto view = x.view();
  ExpectedMatrix expected(view.rows, view.cols);
  for (std::int64_t i = 0; i < view.rows; ++i) exact_row(view, i, expected);
  return expected;
}

class SoftmaxRun : public Run {
 public:
  SoftmaxRun(SoftmaxKernel kernel, std::int64_t rows, std::int64_t cols, const Key& key)
      : kernel_(kernel), x_(rows, cols), y_(rows, cols), y_before_(0, 0) {
    Random random(key);
    fill(x_, Logits::unit, random);
    fill(y_, Before::nan, random);
    y_before_ = y_;
  }

  void call() override { kernel_(std::as_const(x_).view(), y_.view()); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    return judge_output("y", exact(x_), y_before_, y_);
  }

 private:
  SoftmaxKernel kernel_;
  GuardedMatrix x_, y_, y_before_;
};

}  // namespace

std::vector<Dimension> SoftmaxProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_x}, {&pad_y}, {&misalign}};
}

std::string SoftmaxProblem::describe() const {
  const std::string text =
      describe_matrix("x", rows, cols, pad_x) + ", " + describe_matrix("y", rows, cols, pad_y);
  return text + in_words(logits) + describe_rest(misalign, Values::unit, before, "y");
}

std::optional<Failure> SoftmaxProblem::run(SoftmaxKernel kernel) const {
  Random random(key);
  GuardedMatrix x(rows, cols, {pad_x, misalign});
  GuardedMatrix y(rows, cols, {pad_y, misalign});
  fill(x, logits, random);
  fill(y, before, random);
  const GuardedMatrix x_before = x, y_before = y;
  kernel(std::as_const(x).view(), y.view());

  if (auto failure = judge_input("x", x_before, x)) return failure;
  return judge_output("y", exact(x_before), y_before, y);
}

Case softmax_case(const std::string& kernel_name, SoftmaxKernel kernel, std::int64_t rows,
                  std::int64_t cols) {
  const double elements = static_cast<double>(rows * cols);
  return {kernel_name + "/" + std::to_string(rows) + "x" + std::to_string(cols),
          kernel_name,
          SoftmaxProblem{.rows = rows, .cols = cols}.describe(),
          5 * elements,  // max, subtract, exp (counted as one), add, divide
          8 * elements,
          [=](const Key& key) { return std::make_unique<SoftmaxRun>(kernel, rows, cols, key); }};
}

}  // namespace rooflab::testing
