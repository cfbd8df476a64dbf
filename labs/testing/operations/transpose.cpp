#include <rooflab/testing/operations/transpose.h>

#include <algorithm>
#include <array>
#include <utility>

namespace rooflab::testing {
namespace {

class TransposeRun : public Run {
 public:
  TransposeRun(TransposeKernel kernel, std::int64_t rows, std::int64_t cols, const Key& key)
      : kernel_(kernel), a_(rows, cols), b_(cols, rows) {
    Random random(key);
    fill(a_, Values::unit, random);
    fill(b_, Before::nan, random);
  }

  void call() override { kernel_(std::as_const(a_).view(), b_.view()); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    if (auto failure = judge_surroundings("b", b_)) return failure;
    for (std::int64_t i = 0; i < a_.view().rows; i += kTile) {
      for (std::int64_t j = 0; j < a_.view().cols; j += kTile) {
        if (auto failure = check_tile(i, j)) return failure;
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::int64_t kTile = 64;

  // The tile's part of b is first copied in its own order, or checking would take longer than the
  // kernel.
  [[nodiscard]] std::optional<Failure> check_tile(std::int64_t i0, std::int64_t j0) const {
    const auto a = a_.view();
    const auto b = b_.view();
    const std::int64_t height = std::min(kTile, a.rows - i0);
    const std::int64_t width = std::min(kTile, a.cols - j0);
    std::array<std::array<float, kTile>, kTile> tile{};
    for (std::int64_t j = 0; j < width; ++j) {
      std::copy_n(b.row(j0 + j) + i0, height, tile[static_cast<std::size_t>(j)].data());
    }
    for (std::int64_t i = 0; i < height; ++i) {
      for (std::int64_t j = 0; j < width; ++j) {
        const float actual = tile[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
        if (actual == a(i0 + i, j0 + j)) continue;
        const std::string index = std::to_string(j0 + j) + ", " + std::to_string(i0 + i);
        const Expected expected{static_cast<double>(a(i0 + i, j0 + j)), 0};
        return wrong_element("b", index, expected, actual);
      }
    }
    return std::nullopt;
  }

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
  Random random(key);
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
  return {kernel_name + "/" + size,
          kernel_name,
          TransposeProblem{.rows = rows, .cols = cols}.describe(),
          0,
          8.0 * static_cast<double>(rows * cols),
          [=](const Key& key) { return std::make_unique<TransposeRun>(kernel, rows, cols, key); }};
}

}  // namespace rooflab::testing
