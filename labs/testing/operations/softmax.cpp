#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/softmax.h>

#include <algorithm>
#include <cmath>
#include <limits>

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

void fill(GuardedMatrix<float>& x, Logits logits, Random& random) {
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
    e.bound = e.value * (gamma(x.cols + 20) + kUnitRoundoff<float> * (distance + spread / sum)) +
              8 * kSmallestFloat;
  }
}

ExpectedMatrix exact(const GuardedMatrix<float>& x) {
  const auto view = x.view();
  ExpectedMatrix expected(view.rows, view.cols);
  for (std::int64_t i = 0; i < view.rows; ++i) exact_row(view, i, expected);
  return expected;
}

struct Operands {
  GuardedMatrix<float> x, y;
  bool at_page_end;

  explicit Operands(const SoftmaxProblem& p)
      : x(p.rows, p.cols, {p.pad_x, p.misalign}),
        y(p.rows, p.cols, {p.pad_y, p.misalign}),
        at_page_end(p.at_page_end == 1) {
    Random random(p.key);
    fill(x, p.logits, random);
    fill(y, p.initial_output, random);
  }

  void call(SoftmaxKernel kernel) { kernel(Placed(x, at_page_end).view(), y.view()); }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of(
        {judge_input("x", before.x, x), judge_output("y", exact(before.x), before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    return judge_output("y", exact(x), unwritten(y), y);
  }
};

}  // namespace

std::vector<Dimension> SoftmaxProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_x}, {&pad_y}, {&misalign}};
}

std::string SoftmaxProblem::describe() const {
  const std::string text = describe_matrix("x", rows, cols, pad_x) + ", " +
                           describe_matrix("y", rows, cols, pad_y) +
                           (at_page_end == 1 ? describe_page_end("x") : "");
  return text + in_words(logits) + describe_rest(misalign, Values::unit, initial_output, "y");
}

std::optional<Failure> SoftmaxProblem::run(SoftmaxKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case softmax_case(Named<SoftmaxKernel> kernel, std::int64_t rows, std::int64_t cols) {
  const double elements = static_cast<double>(rows * cols);
  return measured_case<Operands>(kernel, describe_extents({rows, cols}),
                                 SoftmaxProblem{.rows = rows, .cols = cols},
                                 5 * elements,  // max, subtract, exp (counted as one), add, divide
                                 8 * elements);
}

}  // namespace rooflab::testing
