#include "transpose.h"

#include <algorithm>
#include <utility>

namespace rooflab::testing {
namespace {

class TransposeRun : public Run {
 public:
  TransposeRun(TransposeKernel kernel, std::int64_t rows, std::int64_t cols, std::uint64_t seed)
      : kernel_(kernel), a_(rows, cols), b_(cols, rows) {
    Random random(seed);
    fill(a_, Values::unit, random);
    fill(b_, Before::nan, random);
  }

  void call() override { kernel_(std::as_const(a_).view(), b_.view()); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    if (const auto where = b_.damage()) {
      return Failure{"out_of_bounds", "wrote outside b: " + *where, {}, {}, {}, {}, {}};
    }
    constexpr std::int64_t kTile = 16;  // or checking would take longer than the kernel
    const auto a = a_.view();
    const auto b = b_.view();
    for (std::int64_t i0 = 0; i0 < a.rows; i0 += kTile) {
      for (std::int64_t j0 = 0; j0 < a.cols; j0 += kTile) {
        for (std::int64_t i = i0; i < std::min(i0 + kTile, a.rows); ++i) {
          for (std::int64_t j = j0; j < std::min(j0 + kTile, a.cols); ++j) {
            if (b(j, i) == a(i, j)) continue;
            return Failure{"wrong_result",
                           "b is wrong",
                           "b(" + std::to_string(j) + ", " + std::to_string(i) + ")",
                           std::to_string(a(i, j)),
                           std::to_string(b(j, i)),
                           {},
                           {}};
          }
        }
      }
    }
    return std::nullopt;
  }

 private:
  TransposeKernel kernel_;
  GuardedMatrix a_, b_;
};

}  // namespace

std::vector<Dimension> TransposeProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_a}, {&pad_b}, {&misalign}};
}

std::string TransposeProblem::describe() const {
  std::string text =
      describe_matrix("a", rows, cols, pad_a) + ", " + describe_matrix("b", cols, rows, pad_b);
  return text + describe_rest(misalign, values, before, "b");
}

std::optional<Failure> TransposeProblem::run(TransposeKernel kernel) const {
  Random random(seed);
  GuardedMatrix a(rows, cols, {pad_a, misalign});
  GuardedMatrix b(cols, rows, {pad_b, misalign});
  fill(a, values, random);
  fill(b, before, random);
  const GuardedMatrix a_before = a, b_before = b;
  kernel(std::as_const(a).view(), b.view());

  if (auto failure = judge_input("a", a_before, a)) return failure;
  ExpectedMatrix expected(cols, rows);
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < cols; ++j) {
      expected(j, i) = {static_cast<double>(a_before.view()(i, j)), 0};
    }
  }
  return judge_output("b", expected, b_before, b);
}

Case transpose_case(const std::string& kernel_name, TransposeKernel kernel, std::int64_t rows,
                    std::int64_t cols) {
  const std::string size =
      rows == cols ? std::to_string(rows) : std::to_string(rows) + "x" + std::to_string(cols);
  return {
      kernel_name + "/" + size,
      kernel_name,
      TransposeProblem{.rows = rows, .cols = cols}.describe(),
      0,
      8.0 * static_cast<double>(rows * cols),
      [=](std::uint64_t seed) { return std::make_unique<TransposeRun>(kernel, rows, cols, seed); }};
}

}  // namespace rooflab::testing
