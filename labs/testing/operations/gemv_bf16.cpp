#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/gemv_bf16.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

// Whole numbers of up to this magnitude: bf16 has them all, and a sum of `terms` products stays
// within 2²⁴, up to where float has them all.
std::uint64_t largest_whole(std::int64_t terms) {
  const double root = std::sqrt(0x1p24 / static_cast<double>(std::max<std::int64_t>(terms, 1)));
  return static_cast<std::uint64_t>(std::min(root, 256.0));
}

// Four elements of each draw, none of them 0: what is timed is large.
template <class T>
void fill_with_whole_numbers(GuardedMatrix<T>& matrix, std::uint64_t largest, Random& random) {
  const MatrixView<T> view = matrix.view();
  Random local = random;  // where the compiler can keep it in registers
  for (std::int64_t i = 0; i < view.rows; ++i) {
    T* row = view.row(i);
    std::uint64_t bits = 0;
    for (std::int64_t j = 0; j < view.cols; ++j, bits >>= 16U) {
      if (j % 4 == 0) bits = local.bits();
      const auto magnitude = static_cast<int>(1 + ((bits & 0x7fffU) * largest >> 15U));
      const int sign = 1 - static_cast<int>(bits >> 14U & 2U);  // no branch: nobody could guess it
      row[j] = truncated<T>(static_cast<float>(sign * magnitude));
    }
  }
  random = local;
}

template <class Weight>
struct Operands {
  using Problem = GemvProblem<Weight>;

  Problem problem;
  GuardedMatrix<Weight> w;
  GuardedMatrix<float> x, y;

  explicit Operands(const Problem& p)
      : problem(p),
        w(p.rows, p.cols, {p.pad_w, p.misalign_w}),
        x(1, p.cols, {.misalign = p.misalign_x}),
        y(1, p.rows, {.misalign = p.misalign_y}) {
    Random random(p.key);
    if (p.whole == 0) {
      fill(w, p.values, random);
      fill(x, p.values, random);
    } else {
      fill_with_whole_numbers(w, largest_whole(p.cols), random);
      fill_with_whole_numbers(x, largest_whole(p.cols), random);
    }
    fill(y, p.initial_output, random);
  }

  void call(auto kernel) {
    const Placed placed_w(w, problem.at_page_end == 1);
    const Placed placed_x(x, problem.at_page_end == 2);
    kernel(placed_w.view(), placed_x.span(), y.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of({judge_input("w", before.w, w), judge_input("x", before.x, x),
                     judge_output("y", exact(), before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    return judge_output("y", exact(), unwritten(y), y);
  }

 private:
  [[nodiscard]] ExpectedMatrix exact() const {
    std::vector<double> factors(x.span().begin(), x.span().end());
    ExpectedMatrix expected(1, problem.rows);
    for (std::int64_t i = 0; i < problem.rows; ++i) {
      const Weight* row = w.view().row(i);
      Expected& e = expected(0, i);
      for (std::size_t j = 0; j < factors.size(); ++j) {
        const double term = value_of(row[j]) * factors[j];
        e.value += term;
        e.bound += std::abs(term);
      }
      e.bound = problem.whole != 0 ? 0
                                   : gamma(problem.cols) * e.bound +
                                         static_cast<double>(problem.cols) * kSmallestFloat;
    }
    return expected;
  }
};

template <class Weight>
Case measured(Named<typename GemvProblem<Weight>::Kernel> kernel, std::int64_t rows,
              std::int64_t cols) {
  const auto weights = static_cast<double>(rows * cols);
  return measured_case<Operands<Weight>>(
      kernel, describe_extents({rows, cols}),
      GemvProblem<Weight>{.rows = rows, .cols = cols, .whole = 1}, 2 * weights,
      sizeof(Weight) * weights + 4 * static_cast<double>(rows + cols));
}

}  // namespace

template <class Weight>
std::vector<Dimension> GemvProblem<Weight>::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_w},
          {&misalign_w},      {&misalign_x},      {&misalign_y}};
}

template <class Weight>
std::string GemvProblem<Weight>::describe() const {
  std::string text = describe_matrix("w", rows, cols, pad_w);
  if (whole != 0) text += ", whole numbers";
  if (at_page_end != 0) text += describe_page_end(at_page_end == 1 ? "w" : "x");
  if (misalign_w > 0 || misalign_x > 0 || misalign_y > 0) {
    text += ", w " + std::to_string(misalign_w) + ", x " + std::to_string(misalign_x) + " and y " +
            std::to_string(misalign_y) + " elements past a cache line";
  }
  return text + describe_rest(0, values, initial_output, "y");
}

template <class Weight>
std::optional<Failure> GemvProblem<Weight>::run(Kernel kernel) const {
  return call_and_judge<Operands<Weight>>(*this, kernel);
}

template struct GemvProblem<Bf16>;
template struct GemvProblem<float>;

Case gemv_case(Named<GemvBf16Kernel> kernel, std::int64_t rows, std::int64_t cols) {
  return measured<Bf16>(kernel, rows, cols);
}

Case gemv_case(Named<GemvFp32Kernel> kernel, std::int64_t rows, std::int64_t cols) {
  return measured<float>(kernel, rows, cols);
}

}  // namespace rooflab::testing
