// A failure is shrunk to the smallest call that still fails, and explained in words.
#include <doctest/doctest.h>
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/conv2d.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/transpose.h>

#include <cstdint>
#include <string>

using namespace rooflab::testing;

namespace {

using In = rooflab::MatrixView<const float>;
using Out = rooflab::MatrixView<float>;

// Sums the products with p in [0, depth), for the first `cols` columns.
void multiply(In a, In b, Out c, std::int64_t depth, std::int64_t cols) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < cols; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < depth; ++p) sum += a(i, p) * b(p, j);
      c(i, j) = sum;
    }
  }
}

void right(In a, In b, Out c) { multiply(a, b, c, a.cols, c.cols); }
void without_tail(In a, In b, Out c) { multiply(a, b, c, a.cols, c.cols / 8 * 8); }
void wrong_beyond_100(In a, In b, Out c) {
  multiply(a, b, c, std::min<std::int64_t>(a.cols, 100), c.cols);
}
void assumes_packed_a(In a, In b, Out c) { right({a.data, a.rows, a.cols, a.cols}, b, c); }

MatmulProblem shrunk(MatmulProblem problem, MatmulKernel kernel) {
  const auto failure = shrink(problem, Named{"matmul", kernel}, problem.run(kernel));
  REQUIRE(failure);
  REQUIRE(problem.run(kernel));
  return problem;
}

}  // namespace

TEST_SUITE("shrink") {
  TEST_CASE("reaches one row, one term and one column when the tail is missing") {
    const MatmulProblem least = shrunk({.shape = {65, 129, 67}, .pad_a = 3}, without_tail);
    CHECK(least.shape.m == 1);
    CHECK(least.shape.k == 1);
    CHECK(least.shape.n == 1);
    CHECK(least.pad_a == 0);
  }
  TEST_CASE("stops at the border where it begins to fail") {
    const MatmulProblem least =
        shrunk({.shape = {7, 400, 9}, .misalign = 3, .key = {{2}}}, wrong_beyond_100);
    CHECK(least.shape.m == 1);
    CHECK(least.shape.k == 101);
    CHECK(least.shape.n == 1);
    CHECK(least.misalign == 0);
  }
  TEST_CASE("keeps the stride that a failure needs") {
    const MatmulProblem least = shrunk({.shape = {16, 16, 16}, .pad_a = 13}, assumes_packed_a);
    CHECK(least.shape.m == 2);
    CHECK(least.shape.k == 1);
    CHECK(least.pad_a == 1);
  }
  TEST_CASE("never leaves what a convolution allows") {
    Conv2dProblem problem{.shape = {.batch = 2,
                                    .in_channels = 3,
                                    .height = 9,
                                    .width = 8,
                                    .out_channels = 3,
                                    .kernel_h = 4,
                                    .kernel_w = 3,
                                    .padding = 2}};
    const Conv2dKernel nothing = [](auto, auto, auto, auto, rooflab::Tensor4View<float> y) {
      REQUIRE(y.height >= 0);
      REQUIRE(y.width >= 0);
    };
    CHECK(shrink(problem, Named{"conv2d", nothing}, problem.run(nothing)));
    CHECK(problem.shape.batch == 1);
    CHECK(problem.shape.out_channels == 1);
    CHECK(problem.shape.height * problem.shape.width == 1);
    CHECK(problem.shape.kernel_h * problem.shape.kernel_w == 1);
    CHECK(problem.shape.padding == 0);
  }
}

TEST_SUITE("judging a call") {
  TEST_CASE("a right kernel passes") {
    CHECK_FALSE(MatmulProblem{.shape = {9, 8, 7}, .pad_c = 2}.run(right));
  }
  TEST_CASE("a stray write comes before a wrong result") {
    const auto failure = TransposeProblem{.rows = 3, .cols = 4}.run(
        [](In, Out b) { b.data[b.rows * b.stride] = 0; });
    REQUIRE(failure);
    CHECK(failure->reason == "out_of_bounds");
  }
  TEST_CASE("a changed input comes before everything") {
    const auto failure = TransposeProblem{.rows = 3, .cols = 4}.run(
        [](In a, Out) { const_cast<float*>(a.data)[1] = 0; });
    REQUIRE(failure);
    CHECK(failure->reason == "input_modified");
    CHECK(failure->what == "changed its input a");
  }
  TEST_CASE("a write between the rows of an input counts as a change") {
    const auto failure = TransposeProblem{.rows = 3, .cols = 4, .pad_a = 1}.run(
        [](In a, Out) { const_cast<float*>(a.data)[4] = 0; });
    REQUIRE(failure);
    CHECK(failure->reason == "input_modified");
  }
  TEST_CASE("the explanation is key: value lines") {
    const MatmulProblem problem{.shape = {1, 0, 9}};
    const auto failure = problem.run(without_tail);
    REQUIRE(failure);
    const std::string text =
        explain("matmul", problem.describe(), *failure, "a larger call", *failure);
    CHECK(
        text.starts_with("kernel: matmul\nreason: wrong_result\nwhat: c is wrong\n"
                         "call: a 1×0, b 0×9, c 1×9\nfirst wrong: c(8)\n"));
    CHECK(text.find("\nwrong: 1 of 9 elements\npattern: only elements >= 8 are wrong") !=
          std::string::npos);
    CHECK(text.ends_with("\nfound at: a larger call"));
  }
  TEST_CASE("a pattern that the smallest call has lost is shown for the larger one") {
    const MatmulProblem large{.shape = {3, 1, 9}}, small{.shape = {1, 1, 1}};
    const auto found = large.run(without_tail), failure = small.run(without_tail);
    REQUIRE(found);
    REQUIRE(failure);
    const std::string text =
        explain("matmul", small.describe(), *failure, large.describe(), *found);
    CHECK(text.find("\npattern: nothing was written\n") != std::string::npos);
    CHECK(
        text.ends_with("\nfound at: a 3×1, b 1×9, c 3×9\npattern there: only columns >= 8 are "
                       "wrong; they were never written: the tail, 8 = 8·⌊9/8⌋"));
  }
  TEST_CASE("one that stays the same is shown once") {
    const MatmulProblem large{.shape = {3, 1, 2}}, small{.shape = {1, 1, 1}};
    const auto found = large.run(without_tail), failure = small.run(without_tail);
    REQUIRE(found);
    REQUIRE(failure);
    CHECK(explain("matmul", small.describe(), *failure, large.describe(), *found)
              .ends_with("\nfound at: a 3×1, b 1×2, c 3×2"));
  }
  TEST_CASE("a call is described with all that is out of the ordinary") {
    const MatmulProblem problem{.shape = {2, 3, 4},
                                .pad_b = 5,
                                .misalign = 3,
                                .values = Values::huge,
                                .initial_output = InitialOutput::nan};
    CHECK(
        problem.describe() ==
        "a 2×3, b 3×4 (stride 9), c 2×4, huge values, 3 elements past a cache line, c full of NaN "
        "before the call");
  }
}
