#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/matmul_int8.h>

#include <cstddef>

namespace rooflab::testing {
namespace {

std::uint8_t draw_a(Int8Values values, Random& random) {
  switch (values) {
    case Int8Values::any:
    case Int8Values::seven_bits:
      return static_cast<std::uint8_t>(random.bits());
    case Int8Values::extremes:
      return static_cast<std::uint8_t>(255 - random.integer(0, 1));
    case Int8Values::positive:
    case Int8Values::negative:
    case Int8Values::one_pair:
      return 255;
  }
  return 0;
}

std::int8_t draw_b(Int8Values values, Random& random) {
  switch (values) {
    case Int8Values::any:
      return static_cast<std::int8_t>(random.integer(-128, 127));
    case Int8Values::extremes:
      return random.integer(0, 3) == 0 ? std::int8_t{-128} : std::int8_t{127};
    case Int8Values::positive:
      return 127;
    case Int8Values::negative:
      return -128;
    case Int8Values::seven_bits:
    case Int8Values::one_pair:
      return static_cast<std::int8_t>(random.integer(-64, 63));
  }
  return 0;
}

template <class T, class Draw>
void fill_with(GuardedMatrix<T>& matrix, Int8Values values, Draw draw, Random& random) {
  const MatrixView<T> view = matrix.view();
  for (std::int64_t i = 0; i < view.rows; ++i) {
    for (std::int64_t j = 0; j < view.cols; ++j) view(i, j) = draw(values, random);
  }
}

struct Operands {
  MatmulShape shape;
  GuardedMatrix<std::uint8_t> a;
  GuardedMatrix<std::int8_t> b;
  GuardedMatrix<std::int32_t> c;
  std::int64_t zero_a, zero_b, at_page_end;

  explicit Operands(const MatmulInt8Problem& p)
      : shape(p.shape),
        a(shape.m, shape.k, {p.pad_a, p.misalign}),
        b(shape.k, shape.n, {p.pad_b, p.misalign}),
        c(shape.m, shape.n, {p.pad_c, p.misalign}),
        zero_a(p.zero_a),
        zero_b(p.zero_b),
        at_page_end(p.at_page_end) {
    Random random(p.key);
    fill_with(a, p.values, draw_a, random);
    fill_with(b, p.values, draw_b, random);
    if (p.values == Int8Values::one_pair && shape.k >= 2 && shape.n >= 1) {
      const std::int64_t first = random.integer(0, shape.k - 2),
                         col = random.integer(0, shape.n - 1);
      b.view()(first, col) = b.view()(first + 1, col) = 127;
    }
    fill(c, p.initial_output, random);
  }

  void call(MatmulInt8Kernel kernel) {
    const Placed placed_a(a, at_page_end == 1);
    const Placed placed_b(b, at_page_end == 2);
    // The scales are of no account.
    kernel(placed_a.view(), placed_b.view(), {0.5F, static_cast<std::int32_t>(zero_a)},
           {0.25F, static_cast<std::int32_t>(zero_b)}, c.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(shape.m, shape.n);
    for (std::int64_t i = 0; i < shape.m; ++i) {
      const auto row = exact_row(i);
      for (std::int64_t j = 0; j < shape.n; ++j) {
        expected(i, j).value = static_cast<double>(row[static_cast<std::size_t>(j)]);
      }
    }
    return first_of({judge_input("a", before.a, a), judge_input("b", before.b, b),
                     judge_output("c", expected, before.c, c)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("c", c)) return failure;
    Random random(entropy_key());
    std::vector<std::uint64_t> r(static_cast<std::size_t>(shape.n));
    for (std::uint64_t& factor : r) factor = random.bits();
    std::vector<std::uint64_t> br(static_cast<std::size_t>(shape.k));
    for (std::int64_t p = 0; p < shape.k; ++p) {
      br[static_cast<std::size_t>(p)] = times(b.view().row(p), zero_b, r);
    }
    for (std::int64_t i = 0; i < shape.m; ++i) {
      if (times(c.view().row(i), 0, r) == times(a.view().row(i), zero_a, br)) continue;
      if (auto failure = judge_row(i)) return failure;
    }
    return std::nullopt;
  }

 private:
  // Row i of c.
  [[nodiscard]] std::vector<std::int64_t> exact_row(std::int64_t i) const {
    std::vector<std::int64_t> row(static_cast<std::size_t>(shape.n));
    for (std::int64_t p = 0; p < shape.k; ++p) {
      const std::int64_t factor = a.view()(i, p) - zero_a;
      const std::int8_t* b_row = b.view().row(p);
      for (std::size_t j = 0; j < row.size(); ++j) row[j] += factor * (b_row[j] - zero_b);
    }
    return row;
  }

  [[nodiscard]] std::optional<Failure> judge_row(std::int64_t i) const {
    const auto expected = exact_row(i);
    for (std::int64_t j = 0; j < shape.n; ++j) {
      const auto value = static_cast<double>(expected[static_cast<std::size_t>(j)]);
      if (auto failure = judge_element("c", {i, j}, {value, 0}, c.view()(i, j))) return failure;
    }
    return std::nullopt;
  }

  // Σ (row[j] − zero) · factors[j] modulo 2⁶⁴.
  template <class T>
  static std::uint64_t times(const T* row, std::int64_t zero,
                             const std::vector<std::uint64_t>& factors) {
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < factors.size(); ++j) {
      sum += static_cast<std::uint64_t>(row[j] - zero) * factors[j];
    }
    return sum;
  }
};

const char* describe_values(Int8Values values) {
  switch (values) {
    case Int8Values::any:
      return "";
    case Int8Values::extremes:
      return ", a of 254 and 255, b of 127 and -128";
    case Int8Values::positive:
      return ", a full of 255, b full of 127";
    case Int8Values::negative:
      return ", a full of 255, b full of -128";
    case Int8Values::seven_bits:
      return ", b within -64 and 63";
    case Int8Values::one_pair:
      return ", a full of 255, b within -64 and 63 but for two of 127, one below the other";
  }
  return "";
}

}  // namespace

std::vector<Dimension> MatmulInt8Problem::dimensions() {
  return {at_least_one(shape.m),
          at_least_one(shape.k),
          at_least_one(shape.n),
          {&pad_a},
          {&pad_b},
          {&pad_c},
          {&misalign},
          {&zero_a},
          {&zero_b, zero_b < 0 ? zero_b : 0}};
}

std::string MatmulInt8Problem::describe() const {
  std::string text = describe_matrix("a", shape.m, shape.k, pad_a) + ", " +
                     describe_matrix("b", shape.k, shape.n, pad_b) + ", " +
                     describe_matrix("c", shape.m, shape.n, pad_c) + ", zero points " +
                     std::to_string(zero_a) + " and " + std::to_string(zero_b) +
                     describe_values(values);
  if (at_page_end != 0) text += describe_page_end(at_page_end == 1 ? "a" : "b");
  return text + describe_rest(misalign, Values::unit, InitialOutput::finite, "c");
}

std::optional<Failure> MatmulInt8Problem::run(MatmulInt8Kernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case matmul_int8_case(Named<MatmulInt8Kernel> kernel, MatmulShape s) {
  const bool square = s.m == s.k && s.k == s.n;
  const std::string size = square ? std::to_string(s.m) : describe_extents({s.m, s.k, s.n});
  const double bytes = static_cast<double>(s.m * s.k + s.k * s.n + 4 * s.m * s.n);
  return measured_case<Operands>(
      kernel, size, MatmulInt8Problem{.shape = s, .zero_a = 117, .zero_b = -3}, 0, bytes);
}

}  // namespace rooflab::testing
