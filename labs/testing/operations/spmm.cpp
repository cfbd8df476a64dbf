#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/spmm.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

// Where a has elements, in compressed rows.
struct Pattern {
  std::vector<std::int32_t> row_starts, columns;

  Pattern(const SpmmProblem& p, Random& random) {
    row_starts.push_back(0);
    for (std::int64_t i = 0; i < p.shape.m; ++i) {
      const std::int64_t in_turn[] = {100, 0, p.zeros};
      const std::int64_t zeros = p.ragged == 0 ? p.zeros : in_turn[i % 3];
      for (std::int64_t column = 0; column < p.shape.k; ++column) {
        if (random.integer(0, 99) >= zeros) columns.push_back(static_cast<std::int32_t>(column));
      }
      row_starts.push_back(static_cast<std::int32_t>(columns.size()));
    }
  }
};

GuardedMatrix<std::int32_t> guarded(const std::vector<std::int32_t>& elements,
                                    std::int64_t misalign) {
  GuardedMatrix<std::int32_t> matrix(1, std::ssize(elements), {.misalign = misalign});
  std::ranges::copy(elements, matrix.span().begin());
  return matrix;
}

struct Operands {
  MatmulShape shape;
  std::int64_t at_page_end;
  GuardedMatrix<std::int32_t> row_starts, columns;
  GuardedMatrix<float> values, b, c;

  explicit Operands(const SpmmProblem& p) : Operands(p, Random(p.key)) {}

  void call(SpmmKernel kernel) {
    const Placed placed_row_starts(row_starts, at_page_end == 1);
    const Placed placed_columns(columns, at_page_end == 2);
    const Placed placed_values(values, at_page_end == 3), placed_b(b, at_page_end == 4);
    kernel(placed_row_starts.span(), placed_columns.span(), placed_values.span(), placed_b.view(),
           c.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(shape.m, shape.n);
    for (std::int64_t i = 0; i < shape.m; ++i) {
      for (std::int64_t j = 0; j < shape.n; ++j) expected(i, j) = before.exact(i, j);
    }
    return first_of({judge_input("row_starts", before.row_starts, row_starts),
                     judge_input("columns", before.columns, columns),
                     judge_input("values", before.values, values), judge_input("b", before.b, b),
                     judge_output("c", expected, before.c, c)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("c", c)) return failure;
    return judge_random_tenth(shape.m, shape.n, [this](std::int64_t i, std::int64_t j) {
      return judge_element("c", {i, j}, exact(i, j), c.view()(i, j));
    });
  }

 private:
  Operands(const SpmmProblem& p, Random random) : Operands(p, Pattern(p, random), random) {}
  Operands(const SpmmProblem& p, const Pattern& pattern, Random& random)
      : shape(p.shape),
        at_page_end(p.at_page_end),
        row_starts(guarded(pattern.row_starts, p.misalign)),
        columns(guarded(pattern.columns, p.misalign)),
        values(1, std::ssize(pattern.columns), {.misalign = p.misalign}),
        b(shape.k, shape.n, {p.pad_b, p.misalign}),
        c(shape.m, shape.n, {p.pad_c, p.misalign}) {
    fill(values, p.values == Values::special ? Values::unit : p.values, random);
    fill(b, p.values, random);
    fill(c, p.initial_output, random);
  }

  [[nodiscard]] Expected exact(std::int64_t i, std::int64_t j) const {
    const std::int64_t first = row_starts.view()(0, i), last = row_starts.view()(0, i + 1);
    Expected e;
    for (std::int64_t p = first; p < last; ++p) {
      const double term =
          value_of(values.view()(0, p)) * value_of(b.view()(columns.view()(0, p), j));
      e.value += term;
      e.bound += std::abs(term);
    }
    e.bound = gamma(last - first) * e.bound + static_cast<double>(last - first) * kSmallestFloat;
    return e;
  }
};

std::string size_text(MatmulShape shape, std::int64_t zeros) {
  return describe_extents({shape.m, shape.k, shape.n}) + "-" + std::to_string(zeros);
}

}  // namespace

std::vector<Dimension> SpmmProblem::dimensions() {
  return {at_least_one(shape.m),
          at_least_one(shape.k),
          at_least_one(shape.n),
          {&pad_b},
          {&pad_c},
          {&misalign}};
}

std::string SpmmProblem::describe() const {
  static constexpr const char* kInputs[] = {"row_starts", "columns", "values", "b"};
  std::string text = describe_matrix("a", shape.m, shape.k, 0) + " with " + std::to_string(zeros) +
                     " % zeros" + (ragged != 0 ? ", empty and full rows" : "") + ", " +
                     describe_matrix("b", shape.k, shape.n, pad_b) + ", " +
                     describe_matrix("c", shape.m, shape.n, pad_c);
  if (at_page_end != 0) text += describe_page_end(kInputs[at_page_end - 1]);
  return text + describe_rest(misalign, values, initial_output, "c");
}

std::optional<Failure> SpmmProblem::run(SpmmKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case spmm_case(Named<SpmmKernel> kernel, MatmulShape shape, std::int64_t zeros) {
  const auto [m, k, n] = shape;
  const double elements = static_cast<double>(m * k * (100 - zeros)) / 100;
  return measured_case<Operands>(kernel, size_text(shape, zeros),
                                 SpmmProblem{.shape = shape, .zeros = zeros},
                                 2 * elements * static_cast<double>(n),
                                 8 * elements + 4 * static_cast<double>(m + 1 + k * n + m * n));
}

}  // namespace rooflab::testing
