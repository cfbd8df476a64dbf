#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/gelu.h>
#include <rooflab/testing/operations/infer.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace rooflab::testing {
namespace {

constexpr double kUnit = kUnitRoundoff<float>;

// What is verified of a measured call.
constexpr std::int64_t kVerifiedRows = 8;

using Row = std::vector<Expected>;

Expected off_by_nothing(const Expected& e) { return e; }
Expected off_by_nothing(float x) { return {value_of(x), 0}; }

// a·b for one row; b(p, j) is a float, or an Expected.
template <class B>
Row product(const Row& a, std::int64_t columns, B b) {
  Row sums(static_cast<std::size_t>(columns));
  std::vector<double> magnitudes(sums.size());
  for (std::size_t p = 0; p < a.size(); ++p) {
    const double value = a[p].value, most = std::abs(value) + a[p].bound;
    for (std::size_t j = 0; j < sums.size(); ++j) {
      const Expected other = off_by_nothing(b(p, j));
      const double magnitude = std::abs(other.value);
      sums[j].value += value * other.value;
      sums[j].bound += a[p].bound * magnitude + most * other.bound;
      magnitudes[j] += most * (magnitude + other.bound);
    }
  }
  const double rounding = gamma(std::ssize(a) + 1);
  for (std::size_t j = 0; j < sums.size(); ++j) sums[j].bound += rounding * magnitudes[j];
  return sums;
}

Row product(const Row& a, MatrixView<const float> b) {
  return product(a, b.cols, [&](std::size_t p, std::size_t j) {
    return b.row(static_cast<std::int64_t>(p))[j];
  });
}

void soften(Row& x) {
  double highest = -std::numeric_limits<double>::infinity();
  for (const Expected& e : x) highest = std::max(highest, e.value);
  double sum = 0, least = 0, most = 0, spread = 0;
  for (const Expected& e : x) {
    const double p = std::exp(e.value - highest);
    sum += p;
    least += p * std::exp(-e.bound);
    most += p * std::exp(e.bound);
    spread += p * (highest - e.value);
  }
  const double rounding = gamma(std::ssize(x) + 20);
  for (Expected& e : x) {
    const double distance = highest - e.value;
    const double own = rounding + kUnit * (distance + spread / sum);
    const double above = std::exp(e.bound) * sum / least - 1;
    const double below = 1 - std::exp(-e.bound) * sum / most;
    const double p = std::exp(-distance) / sum;
    e = {p, p * (own + std::max(above, below) * (1 + own)) + 8 * kSmallestFloat};
  }
}

struct Operands {
  InferProblem problem;
  GuardedMatrix<float> x, wq, wk, wv, w2, bias2, scales1, out;
  GuardedMatrix<std::int8_t> w1;
  GuardedMatrix<std::int32_t> bias1;
  QuantParams input{0x1p-7F, 117};

  explicit Operands(const InferProblem& p)
      : problem(p),
        x(p.shape.rows, p.shape.inputs, layout(p)),
        wq(p.shape.hidden, p.shape.width, layout(p)),
        wk(p.shape.hidden, p.shape.width, layout(p)),
        wv(p.shape.hidden, p.shape.width, layout(p)),
        w2(p.shape.width, p.shape.classes, layout(p)),
        bias2(1, p.shape.classes),
        scales1(1, p.shape.hidden),
        out(p.shape.rows, p.shape.classes, layout(p)),
        w1(p.shape.inputs, p.shape.hidden, layout(p)),
        bias1(1, p.shape.hidden) {
    Random random(p.key);
    fill(x, Values::unit, random);
    fill(w1, Values::unit, random);
    // Hidden values of about 1, and scores of a few units: no softmax has a single winner.
    const double sums = 6000 * std::sqrt(static_cast<double>(p.shape.inputs + 1));
    for (float& scale : scales1.span()) {
      scale = static_cast<float>(random.uniform(0.7, 1.5) / sums);
    }
    for (std::int32_t& bias : bias1.span()) {
      bias = static_cast<std::int32_t>(random.integer(-5000, 5000));
    }
    const auto hidden = static_cast<double>(p.shape.hidden);
    for (auto* weights : {&wq, &wk, &wv}) fill_within(*weights, 2.5 / std::sqrt(hidden), random);
    fill_within(w2, 2 / std::sqrt(static_cast<double>(p.shape.width)), random);
    fill_within(bias2, 1, random);
    fill(out, p.initial_output, random);
  }

  void call(InferKernel kernel) {
    kernel(x.view(), input, w1.view(), bias1.span(), scales1.span(), wq.view(), wk.view(),
           wv.view(), w2.view(), bias2.span(), out.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    std::vector<std::int64_t> all(static_cast<std::size_t>(problem.shape.rows));
    std::iota(all.begin(), all.end(), 0);
    ExpectedMatrix expected(problem.shape.rows, problem.shape.classes);
    const std::vector<Row> rows = before.exact(all);
    for (const std::int64_t i : all) {
      for (std::int64_t j = 0; j < problem.shape.classes; ++j) {
        expected(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      }
    }
    return first_of({judge_input("x", before.x, x), judge_input("w1", before.w1, w1),
                     judge_input("bias1", before.bias1, bias1),
                     judge_input("scales1", before.scales1, scales1),
                     judge_input("wq", before.wq, wq), judge_input("wk", before.wk, wk),
                     judge_input("wv", before.wv, wv), judge_input("w2", before.w2, w2),
                     judge_input("bias2", before.bias2, bias2),
                     judge_output("out", expected, before.out, out)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    Random random(entropy_key());
    std::vector<std::int64_t> some(
        static_cast<std::size_t>(std::min(kVerifiedRows, problem.shape.rows)));
    for (std::int64_t& i : some) i = random.integer(0, problem.shape.rows - 1);
    const std::vector<Row> rows = exact(some);
    for (std::size_t r = 0; r < some.size(); ++r) {
      for (std::size_t j = 0; j < rows[r].size(); ++j) {
        const std::int64_t i = some[r], column = static_cast<std::int64_t>(j);
        if (auto failure = judge_element("out", {i, column}, rows[r][j], out.view()(i, column))) {
          return failure;
        }
      }
    }
    return judge_surroundings("out", out);
  }

 private:
  static Layout layout(const InferProblem& p) { return {p.pad, p.misalign}; }

  static void fill_within(GuardedMatrix<float>& matrix, double limit, Random& random) {
    const MatrixView<float> view = matrix.view();
    for (std::int64_t i = 0; i < view.rows; ++i) {
      std::generate_n(view.row(i), view.cols,
                      [&] { return static_cast<float>(random.uniform(-limit, limit)); });
    }
  }

  // The hidden values of row i.
  [[nodiscard]] Row hidden(std::int64_t i) const {
    std::vector<std::int32_t> sums(bias1.span().begin(), bias1.span().end());
    for (std::int64_t p = 0; p < x.view().cols; ++p) {
      const double nearest = std::nearbyint(value_of(x.view()(i, p) / input.scale));
      const auto q = static_cast<std::int32_t>(std::clamp(nearest + input.zero_point, 0.0, 255.0)) -
                     input.zero_point;
      const std::int8_t* row = w1.view().row(p);
      for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += q * row[j];
    }
    Row values(sums.size());
    for (std::size_t j = 0; j < sums.size(); ++j) {
      const double z = static_cast<double>(sums[j]) * value_of(scales1.span()[j]);
      values[j] = exact_gelu(z, 2, 0);
      values[j].bound += 8 * kUnit * std::abs(z);  // any form of gelu is welcome here
    }
    return values;
  }

  [[nodiscard]] std::vector<Row> exact(const std::vector<std::int64_t>& rows) const {
    std::vector<Row> every, keys, values;
    for (std::int64_t i = 0; i < problem.shape.rows; ++i) {
      every.push_back(hidden(i));
      keys.push_back(product(every.back(), wk.view()));
      values.push_back(product(every.back(), wv.view()));
    }
    const double scale = 1 / std::sqrt(static_cast<double>(problem.shape.width));
    std::vector<Row> results;
    for (const std::int64_t i : rows) {
      const Row query = product(every[static_cast<std::size_t>(i)], wq.view());
      Row scores = product(query, problem.shape.rows,
                           [&](std::size_t p, std::size_t j) { return keys[j][p]; });
      for (Expected& e : scores) {
        e.bound = scale * (e.bound + 4 * kUnit * std::abs(e.value));
        e.value *= scale;
      }
      soften(scores);
      const Row mean = product(scores, problem.shape.width,
                               [&](std::size_t j, std::size_t p) { return values[j][p]; });
      results.push_back(product(mean, w2.view()));
      for (std::size_t j = 0; j < results.back().size(); ++j) {
        Expected& e = results.back()[j];
        e.value += value_of(bias2.span()[j]);
        e.bound += kUnit * (std::abs(e.value) + e.bound);
      }
      soften(results.back());
    }
    return results;
  }
};

std::int64_t drawn(std::int64_t about, Random& random) {
  return random.integer(about - about / 4, about + about / 4);
}

}  // namespace

std::vector<Dimension> InferProblem::dimensions() {
  return {at_least_one(shape.rows),
          at_least_one(shape.inputs),
          at_least_one(shape.hidden),
          at_least_one(shape.width),
          at_least_one(shape.classes),
          {&pad},
          {&misalign}};
}

std::string InferProblem::describe() const {
  const std::string text = std::to_string(shape.rows) + " rows of " + std::to_string(shape.inputs) +
                           " inputs, " + std::to_string(shape.hidden) + " hidden values, " +
                           std::to_string(shape.width) + " columns of q, k and v, " +
                           std::to_string(shape.classes) + " classes";
  return text + (pad > 0 ? ", rows " + std::to_string(pad) + " elements apart" : "") +
         describe_rest(misalign, Values::unit, initial_output, "out");
}

std::optional<Failure> InferProblem::run(InferKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case infer_case(Named<InferKernel> kernel, const std::string& name, const InferShape& about) {
  Random random(session_key().derived(std::hash<std::string>{}(name)));
  const InferShape s{drawn(about.rows, random), drawn(about.inputs, random),
                     drawn(about.hidden, random), drawn(about.width, random),
                     drawn(about.classes, random)};
  const auto n = static_cast<double>(s.rows), d = static_cast<double>(s.inputs);
  const auto h = static_cast<double>(s.hidden), m = static_cast<double>(s.width);
  const auto c = static_cast<double>(s.classes);
  const double products = n * h * 3 * m + 2 * n * n * m + n * m * c;  // in fp32
  const double around = 8 * n * h + 6 * n * n + 6 * n * c;
  return measured_case<Operands>(kernel, name, InferProblem{.shape = s}, 2 * products + around,
                                 4 * (n * d + 3 * h * m + m * c + n * c) + d * h);
}

}  // namespace rooflab::testing
