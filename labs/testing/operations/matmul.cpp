#include <rooflab/testing/operations/matmul.h>

#include <algorithm>
#include <cmath>
#include <utility>

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

class MatmulRun : public Run {
 public:
  MatmulRun(MatmulKernel kernel, MatmulShape s, const Key& key)
      : kernel_(kernel), shape_(s), a_(s.m, s.k), b_(s.k, s.n), c_(s.m, s.n) {
    Random random(key);
    fill(a_, Values::unit, random);
    fill(b_, Values::unit, random);
    fill(c_, Before::nan, random);
  }

  void call() override { kernel_(a(), b(), c_.view()); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    if (auto failure = judge_surroundings("c", c_)) return failure;
    Random random(entropy_key());
    if (auto failure = freivalds(random)) return failure;
    for (int sample = 0; sample < 8 && shape_.m > 0; ++sample) {
      if (auto failure = check_row(random.integer(0, shape_.m - 1))) return failure;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] View a() const { return a_.view(); }
  [[nodiscard]] View b() const { return b_.view(); }

  [[nodiscard]] std::optional<Failure> check_row(std::int64_t i) const {
    const auto expected = exact_row(a(), b(), i);
    for (std::int64_t j = 0; j < shape_.n; ++j) {
      const Expected& e = expected[static_cast<std::size_t>(j)];
      if (accepts(e, c_.view()(i, j))) continue;
      return wrong_element("c", std::to_string(i) + ", " + std::to_string(j), e, c_.view()(i, j));
    }
    return std::nullopt;
  }

  // c·r against a·(b·r) for random ±1 vectors r, one for each block of columns: a row of a block
  // may be off by the sum of its few elements' bounds, which one lost term exceeds. A row that
  // fails is searched for the element to show. All blocks are worked on side by side, in vectors.
  [[nodiscard]] std::optional<Failure> freivalds(Random& random) const {
    const std::size_t blocks = (static_cast<std::size_t>(shape_.n) + kBlock - 1) / kBlock;
    std::vector<double> r(static_cast<std::size_t>(shape_.n));
    for (double& x : r) x = (random.bits() & 1U) != 0 ? 1.0 : -1.0;
    // row·r and |row|·|r|, block by block.
    const auto times_r = [&](const float* row, double* sums, double* bounds) {
      for (std::size_t j = 0; j < r.size(); ++j) {
        const auto element = static_cast<double>(row[j]);
        sums[j / kBlock] += element * r[j];
        bounds[j / kBlock] += std::abs(element);
      }
    };
    std::vector<double> br(static_cast<std::size_t>(shape_.k) * blocks);
    std::vector<double> abs_b(br.size());
    for (std::int64_t p = 0; p < shape_.k; ++p) {
      const std::size_t first = static_cast<std::size_t>(p) * blocks;
      times_r(b().row(p), br.data() + first, abs_b.data() + first);
    }
    for (std::int64_t i = 0; i < shape_.m; ++i) {
      std::vector<double> expected(blocks), bound(blocks), actual(blocks), unused(blocks);
      times_r(c_.view().row(i), actual.data(), unused.data());
      for (std::int64_t p = 0; p < shape_.k; ++p) {
        const auto factor = static_cast<double>(a()(i, p));
        const std::size_t first = static_cast<std::size_t>(p) * blocks;
        for (std::size_t t = 0; t < blocks; ++t) {
          expected[t] += factor * br[first + t];
          bound[t] += std::abs(factor) * abs_b[first + t];
        }
      }
      for (std::size_t t = 0; t < blocks; ++t) {
        if (std::abs(actual[t] - expected[t]) <= gamma(shape_.k + 1) * bound[t]) continue;
        if (auto failure = check_row(i)) return failure;
      }
    }
    return std::nullopt;
  }

  static constexpr std::size_t kBlock = 16;  // columns

  MatmulKernel kernel_;
  MatmulShape shape_;
  GuardedMatrix a_, b_, c_;
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
  return text + describe_rest(misalign, values, before, "c");
}

std::optional<Failure> MatmulProblem::run(MatmulKernel kernel) const {
  Random random(key);
  GuardedMatrix a(shape.m, shape.k, {pad_a, misalign});
  GuardedMatrix b(shape.k, shape.n, {pad_b, misalign});
  GuardedMatrix c(shape.m, shape.n, {pad_c, misalign});
  fill(a, values, random);
  fill(b, values, random);
  fill(c, before, random);
  const GuardedMatrix a_before = a, b_before = b, c_before = c;
  kernel(std::as_const(a).view(), std::as_const(b).view(), c.view());

  if (auto failure = judge_input("a", a_before, a)) return failure;
  if (auto failure = judge_input("b", b_before, b)) return failure;
  ExpectedMatrix expected(shape.m, shape.n);
  for (std::int64_t i = 0; i < shape.m; ++i) {
    std::ranges::copy(exact_row(a_before.view(), b_before.view(), i),
                      expected.elements.begin() + i * shape.n);
  }
  return judge_output("c", expected, c_before, c);
}

Case matmul_case(const std::string& kernel_name, MatmulKernel kernel, MatmulShape shape) {
  const auto [m, k, n] = shape;
  const std::string size =
      m == k && k == n ? std::to_string(n)
                       : std::to_string(m) + "x" + std::to_string(k) + "x" + std::to_string(n);
  return {kernel_name + "/" + size,
          kernel_name,
          MatmulProblem{.shape = shape}.describe(),
          2.0 * static_cast<double>(m) * static_cast<double>(k) * static_cast<double>(n),
          4.0 * static_cast<double>(m * k + k * n + m * n),
          [=](const Key& key) { return std::make_unique<MatmulRun>(kernel, shape, key); }};
}

}  // namespace rooflab::testing
