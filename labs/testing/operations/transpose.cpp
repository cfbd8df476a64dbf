#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/transpose.h>

#include <algorithm>
#include <array>

namespace rooflab::testing {
namespace {

struct Operands {
  GuardedMatrix<float> a, b;

  explicit Operands(const TransposeProblem& p)
      : a(p.rows, p.cols, {p.pad_a, p.misalign}), b(p.cols, p.rows, {p.pad_b, p.misalign}) {
    Random random(p.key);
    fill(a, p.values, random);
    fill(b, p.initial_output, random);
  }

  void call(TransposeKernel kernel) { kernel(a.view(), b.view()); }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    const auto source = before.a.view();
    ExpectedMatrix expected(source.cols, source.rows);
    for (std::int64_t i = 0; i < source.rows; ++i) {
      for (std::int64_t j = 0; j < source.cols; ++j) expected(j, i) = {value_of(source(i, j)), 0};
    }
    return first_of({judge_input("a", before.a, a), judge_output("b", expected, before.b, b)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("b", b)) return failure;
    for (std::int64_t i = 0; i < a.view().rows; i += kTile) {
      for (std::int64_t j = 0; j < a.view().cols; j += kTile) {
        if (auto failure = judge_tile(i, j)) return failure;
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::int64_t kTile = 64;

  // The tile's part of b is first copied in its own order, or judging would take longer than the
  // kernel.
  [[nodiscard]] std::optional<Failure> judge_tile(std::int64_t i0, std::int64_t j0) const {
    const std::int64_t height = std::min(kTile, a.view().rows - i0);
    const std::int64_t width = std::min(kTile, a.view().cols - j0);
    std::array<std::array<float, kTile>, kTile> tile{};
    for (std::int64_t j = 0; j < width; ++j) {
      std::copy_n(b.view().row(j0 + j) + i0, height, tile[static_cast<std::size_t>(j)].data());
    }
    for (std::int64_t i = 0; i < height; ++i) {
      for (std::int64_t j = 0; j < width; ++j) {
        const float expected = a.view()(i0 + i, j0 + j);
        const float actual = tile[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
        if (actual == expected) continue;
        return judge_element("b", {j0 + j, i0 + i}, {value_of(expected), 0}, actual);
      }
    }
    return std::nullopt;
  }
};

}  // namespace

std::vector<Dimension> TransposeProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_a}, {&pad_b}, {&misalign}};
}

std::string TransposeProblem::describe() const {
  std::string text =
      describe_matrix("a", rows, cols, pad_a) + ", " + describe_matrix("b", cols, rows, pad_b);
  return text + describe_rest(misalign, values, initial_output, "b");
}

std::optional<Failure> TransposeProblem::run(TransposeKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case transpose_case(Named<TransposeKernel> kernel, std::int64_t rows, std::int64_t cols) {
  const std::string size = rows == cols ? std::to_string(rows) : describe_extents({rows, cols});
  return measured_case<Operands>(kernel, size, TransposeProblem{.rows = rows, .cols = cols}, 0,
                                 8.0 * static_cast<double>(rows * cols));
}

}  // namespace rooflab::testing
