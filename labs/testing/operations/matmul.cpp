#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/matmul.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

using View = MatrixView<const float>;

// Row i of a·b in double, with the bound of each element.
std::vector<Expected> exact_row(View a, View b, std::int64_t i) {
  std::vector<Expected> row(static_cast<std::size_t>(b.cols));
  for (std::int64_t p = 0; p < a.cols; ++p) {
    const auto factor = static_cast<double>(a(i, p));
    const float* b_row = b.row(p);
    for (std::size_t j = 0; j < row.size(); ++j) {
      const double product = factor * static_cast<double>(b_row[j]);
      row[j].value += product;
      row[j].bound += std::abs(product);
    }
  }
  const double underflow = static_cast<double>(a.cols + 1) * kSmallestFloat;
  for (Expected& e : row) e.bound = gamma(a.cols + 1) * e.bound + underflow;
  return row;
}

void add_product(double factor, const double* x, double* sums, std::size_t size) {
  for (std::size_t t = 0; t < size; ++t) sums[t] += factor * x[t];
}

struct Operands {
  MatmulShape shape;
  GuardedMatrix<float> a, b, c;
  std::int64_t at_page_end;

  explicit Operands(const MatmulProblem& p)
      : shape(p.shape),
        a(shape.m, shape.k, {p.pad_a, p.misalign}),
        b(shape.k, shape.n, {p.pad_b, p.misalign}),
        c(shape.m, shape.n, {p.pad_c, p.misalign}),
        at_page_end(p.at_page_end) {
    Random random(p.key);
    fill(a, p.values, random);
    fill(b, p.values, random);
    fill(c, p.initial_output, random);
  }

  void call(MatmulKernel kernel) {
    const Placed placed_a(a, at_page_end == 1), placed_b(b, at_page_end == 2);
    kernel(placed_a.view(), placed_b.view(), c.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(shape.m, shape.n);
    for (std::int64_t i = 0; i < shape.m; ++i) {
      std::ranges::copy(exact_row(before.a.view(), before.b.view(), i),
                        expected.elements.begin() + i * shape.n);
    }
    return first_of({judge_input("a", before.a, a), judge_input("b", before.b, b),
                     judge_output("c", expected, before.c, c)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("c", c)) return failure;
    Random random(entropy_key());
    if (auto failure = freivalds(random)) return failure;
    for (int sample = 0; sample < 8 && shape.m > 0; ++sample) {
      if (auto failure = judge_row(random.integer(0, shape.m - 1))) return failure;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kBlock = 16;  // columns
  static constexpr std::int64_t kRows = 8;   // at a time, so that b·r is read less often

  [[nodiscard]] std::optional<Failure> judge_row(std::int64_t i) const {
    const auto expected = exact_row(a.view(), b.view(), i);
    for (std::int64_t j = 0; j < shape.n; ++j) {
      const Expected& e = expected[static_cast<std::size_t>(j)];
      if (auto failure = judge_element("c", {i, j}, e, c.view()(i, j))) return failure;
    }
    return std::nullopt;
  }

  // c·r against a·(b·r) for random ±1 vectors r, one for each block of columns: a row of a block
  // may be off by the sum of its few elements' bounds, which one lost term exceeds. A row that
  // fails is searched for the element to show. All blocks are worked on side by side, in vectors.
  [[nodiscard]] std::optional<Failure> freivalds(Random& random) const {
    const std::size_t blocks = (static_cast<std::size_t>(shape.n) + kBlock - 1) / kBlock;
    std::vector<double> r(static_cast<std::size_t>(shape.n));
    for (double& x : r) x = (random.bits() & 1U) != 0 ? 1.0 : -1.0;
    // row·r and |row|·|r|, block by block.
    const auto times_r = [&](const float* row, double* sums, double* bounds) {
      for (std::size_t j = 0; j < r.size(); ++j) {
        const auto element = static_cast<double>(row[j]);
        sums[j / kBlock] += element * r[j];
        bounds[j / kBlock] += std::abs(element);
      }
    };
    const auto row_of = [blocks](std::vector<double>& sums, std::int64_t row) {
      return sums.data() + static_cast<std::size_t>(row) * blocks;
    };
    std::vector<double> br(static_cast<std::size_t>(shape.k) * blocks);
    std::vector<double> abs_b(br.size());
    for (std::int64_t p = 0; p < shape.k; ++p) {
      times_r(b.view().row(p), row_of(br, p), row_of(abs_b, p));
    }
    for (std::int64_t first = 0; first < shape.m; first += kRows) {
      const std::int64_t rows = std::min(kRows, shape.m - first);
      std::vector<double> expected(kRows * blocks), bound(expected.size());
      std::vector<double> actual(expected.size()), unused(expected.size());
      for (std::int64_t p = 0; p < shape.k; ++p) {
        for (std::int64_t i = 0; i < rows; ++i) {
          const auto factor = static_cast<double>(a.view()(first + i, p));
          add_product(factor, row_of(br, p), row_of(expected, i), blocks);
          add_product(std::abs(factor), row_of(abs_b, p), row_of(bound, i), blocks);
        }
      }
      for (std::int64_t i = 0; i < rows; ++i) {
        times_r(c.view().row(first + i), row_of(actual, i), row_of(unused, i));
        for (std::size_t t = 0; t < blocks; ++t) {
          const double error = std::abs(row_of(actual, i)[t] - row_of(expected, i)[t]);
          if (error <= gamma(shape.k + 1) * row_of(bound, i)[t]) continue;
          if (auto failure = judge_row(first + i)) return failure;
        }
      }
    }
    return std::nullopt;
  }
};

}  // namespace

std::vector<Dimension> MatmulProblem::dimensions() {
  return {at_least_one(shape.m),
          at_least_one(shape.k),
          at_least_one(shape.n),
          {&pad_a},
          {&pad_b},
          {&pad_c},
          {&misalign}};
}

std::string MatmulProblem::describe() const {
  std::string text = describe_matrix("a", shape.m, shape.k, pad_a) + ", " +
                     describe_matrix("b", shape.k, shape.n, pad_b) + ", " +
                     describe_matrix("c", shape.m, shape.n, pad_c);
  if (at_page_end != 0) text += describe_page_end(at_page_end == 1 ? "a" : "b");
  return text + describe_rest(misalign, values, initial_output, "c");
}

std::optional<Failure> MatmulProblem::run(MatmulKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case matmul_case(Named<MatmulKernel> kernel, MatmulShape shape) {
  const auto [m, k, n] = shape;
  const std::string size = m == k && k == n ? std::to_string(n) : describe_extents({m, k, n});
  return measured_case<Operands>(
      kernel, size, MatmulProblem{.shape = shape},
      2.0 * static_cast<double>(m) * static_cast<double>(k) * static_cast<double>(n),
      4.0 * static_cast<double>(m * k + k * n + m * n));
}

}  // namespace rooflab::testing
