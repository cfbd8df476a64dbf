// Error bounds must let every order of summation pass and no lost term: for each operation, right
// kernels of several kinds, and the smallest mistake.
#include <doctest/doctest.h>
#include <rooflab/testing/operations/conv2d.h>
#include <rooflab/testing/operations/linear.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/softmax.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace rooflab::testing;

namespace {

using In = rooflab::MatrixView<const float>;
using Out = rooflab::MatrixView<float>;
using Terms = std::vector<float>;
using Sum = float (*)(const Terms&);

float forwards(const Terms& terms) {
  float sum = 0;
  for (const float term : terms) sum += term;
  return sum;
}
float backwards(const Terms& terms) { return forwards({terms.rbegin(), terms.rend()}); }
float ascending(const Terms& terms) {
  Terms sorted = terms;
  std::ranges::sort(sorted);
  return forwards(sorted);
}
float pairwise(const Terms& terms) {
  if (terms.size() < 2) return forwards(terms);
  const auto middle = terms.begin() + std::ssize(terms) / 2;
  return pairwise({terms.begin(), middle}) + pairwise({middle, terms.end()});
}
float without_first(const Terms& terms) {
  return terms.empty() ? 0 : forwards({terms.begin() + 1, terms.end()});
}
float without_middle(const Terms& terms) {
  Terms rest = terms;
  if (!rest.empty()) rest.erase(rest.begin() + std::ssize(rest) / 2);
  return forwards(rest);
}
float without_last(const Terms& terms) {
  return terms.empty() ? 0 : forwards({terms.begin(), terms.end() - 1});
}

template <Sum sum>
void multiply(In a, In b, Out c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      Terms terms;
      for (std::int64_t p = 0; p < a.cols; ++p) terms.push_back(a(i, p) * b(p, j));
      c(i, j) = sum(terms);
    }
  }
}

void fused_multiply(In a, In b, Out c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float total = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) total = std::fma(a(i, p), b(p, j), total);
      c(i, j) = total;
    }
  }
}

template <Sum sum>
void apply(In x, In w, std::span<const float> bias, Out y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o < y.cols; ++o) {
      Terms terms;
      if (!bias.empty()) terms.push_back(bias[static_cast<std::size_t>(o)]);
      for (std::int64_t p = 0; p < x.cols; ++p) terms.push_back(x(i, p) * w(o, p));
      y(i, o) = sum(terms);
    }
  }
}

float maximum(In x, std::int64_t i) {
  float highest = -std::numeric_limits<float>::infinity();
  for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
  return highest;
}

template <Sum sum>
void normalise(In x, Out y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    Terms terms;
    for (std::int64_t j = 0; j < x.cols; ++j) terms.push_back(std::exp(x(i, j) - maximum(x, i)));
    const float total = sum(terms);
    for (std::int64_t j = 0; j < x.cols; ++j) {
      y(i, j) = terms[static_cast<std::size_t>(j)] / total;
    }
  }
}

// One pass: the sum is rescaled whenever a larger maximum turns up (Milakov and Gimelshein,
// "Online normalizer calculation for softmax", 2018).
void online_normalise(In x, Out y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = -std::numeric_limits<float>::infinity();
    float total = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) {
      const float larger = std::max(highest, x(i, j));
      total = total * std::exp(highest - larger) + std::exp(x(i, j) - larger);
      highest = larger;
    }
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) = std::exp(x(i, j) - highest) * (1 / total);
  }
}

// An exp that is wrong by 4 units in the last place, now up, now down.
void sloppy_normalise(In x, Out y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float total = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) {
      float value = std::exp(x(i, j) - maximum(x, i));
      for (int step = 0; step < 4; ++step) value = std::nextafter(value, j % 2 == 0 ? 2.0F : 0.0F);
      total += y(i, j) = value;
    }
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= total;
  }
}

constexpr std::initializer_list<std::int64_t> kDepths = {1, 2, 3, 10, 100, 500, 1000, 2000};
constexpr std::initializer_list<std::int64_t> kColumns = {2, 3, 10, 100, 500, 1000};

}  // namespace

TEST_SUITE("tolerance") {
  TEST_CASE("matmul: sums in any order pass") {
    for (const std::int64_t k : kDepths) {
      for (const MatmulKernel kernel : {multiply<forwards>, multiply<backwards>,
                                        multiply<ascending>, multiply<pairwise>, fused_multiply}) {
        for (const Values values : {Values::unit, Values::huge, Values::tiny}) {
          CHECK_FALSE(MatmulProblem{.shape = {3, k, 4}, .values = values}.run(kernel));
        }
      }
    }
  }
  TEST_CASE("matmul: one lost term fails") {
    for (const std::int64_t k : kDepths) {
      for (const MatmulKernel kernel :
           {multiply<without_first>, multiply<without_middle>, multiply<without_last>}) {
        for (const Values values : {Values::unit, Values::huge}) {
          CHECK(MatmulProblem{.shape = {3, k, 4}, .values = values}.run(kernel));
        }
      }
    }
  }
  TEST_CASE("linear: sums in any order pass") {
    for (const std::int64_t in : kDepths) {
      for (const LinearKernel kernel : {apply<forwards>, apply<backwards>, apply<pairwise>}) {
        CHECK_FALSE(LinearProblem{.shape = {3, in, 4}}.run(kernel));
        CHECK_FALSE(LinearProblem{.shape = {3, in, 4}, .with_bias = 0}.run(kernel));
      }
    }
  }
  TEST_CASE("linear: a lost bias or a lost term fails") {
    for (const std::int64_t in : kDepths) {
      CHECK(LinearProblem{.shape = {3, in, 4}}.run(apply<without_first>));
      CHECK(LinearProblem{.shape = {3, in, 4}}.run(apply<without_last>));
    }
  }
  TEST_CASE("softmax: sums in any order, the online form and an exp good to 4 ulp pass") {
    for (const std::int64_t cols : kColumns) {
      for (const SoftmaxKernel kernel :
           {normalise<forwards>, normalise<backwards>, normalise<ascending>, normalise<pairwise>,
            online_normalise, sloppy_normalise}) {
        for (const Logits logits :
             {Logits::unit, Logits::wide, Logits::low, Logits::huge, Logits::equal}) {
          CHECK_FALSE(SoftmaxProblem{.rows = 4, .cols = cols, .logits = logits}.run(kernel));
        }
      }
    }
  }
  TEST_CASE("softmax: one lost term fails") {
    for (const std::int64_t cols : kColumns) {
      for (const SoftmaxKernel kernel :
           {normalise<without_first>, normalise<without_middle>, normalise<without_last>}) {
        CHECK(SoftmaxProblem{.rows = 4, .cols = cols}.run(kernel));
        CHECK(SoftmaxProblem{.rows = 4, .cols = cols, .logits = Logits::equal}.run(kernel));
      }
    }
  }
  TEST_CASE("softmax: NaN, infinity and rows of minus infinity come out as the formula says") {
    CHECK_FALSE(
        SoftmaxProblem{.rows = 32, .cols = 9, .logits = Logits::special}.run(normalise<forwards>));
  }
  TEST_CASE("relu: a NaN that becomes 0 fails, minus zero for zero passes") {
    const ReluProblem problem{.size = 500, .values = Values::special};
    CHECK(problem.run([](auto x, auto y) {
      std::ranges::transform(x, y.begin(), [](float v) { return v > 0 ? v : 0.0F; });
    }));
    CHECK_FALSE(problem.run([](auto x, auto y) {
      std::ranges::transform(x, y.begin(), [](float v) { return v <= 0 ? -0.0F : v; });
    }));
  }
}

TEST_SUITE("measured cases") {
  TEST_CASE("a right output is accepted") {
    for (const std::uint32_t number : {1U, 2U, 3U}) {
      const Case graded = matmul_case({"matmul", fused_multiply}, {40, 50, 60});
      const auto run = graded.prepare({{number}});
      run->call();
      CHECK_FALSE(run->verify());
    }
  }
  TEST_CASE("a single wrong element of a product is found") {
    const MatmulKernel kernel = [](In a, In b, Out c) {
      fused_multiply(a, b, c);
      c(23, 7) += 1;
    };
    for (const std::uint32_t number : {1U, 2U, 3U}) {
      const auto run = matmul_case({"matmul", kernel}, {40, 50, 60}).prepare({{number}});
      run->call();
      const auto failure = run->verify();
      REQUIRE(failure);
      CHECK(failure->first == "c(23, 7)");
    }
  }
  TEST_CASE("an output that was never written is found") {
    const auto none = [](auto...) {};
    for (const Case& graded :
         {matmul_case({"matmul", none}, {8, 8, 8}), linear_case({"linear", none}, {8, 8, 8}),
          softmax_case({"softmax", none}, 8, 8), relu_case({"relu", none}, 8),
          conv2d_case({"conv2d", none}, {.height = 8, .width = 8})}) {
      const auto run = graded.prepare({{1}});
      run->call();
      CHECK(run->verify());
    }
  }
}
