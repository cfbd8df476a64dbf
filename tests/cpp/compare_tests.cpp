// What passes as right, and how a wrong output is described.
#include <compare.h>
#include <doctest/doctest.h>
#include <guarded.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <utility>

using namespace rooflab::testing;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// A rows×cols output that should be 1 + 10·i + j, held 1000 before, and is spoiled somewhere.
struct Output {
  ExpectedMatrix expected;
  GuardedMatrix before, actual;

  Output(std::int64_t rows, std::int64_t cols)
      : expected(rows, cols), before(rows, cols), actual(rows, cols) {
    each([&](std::int64_t i, std::int64_t j) {
      const double value = 1.0 + 10.0 * static_cast<double>(i) + static_cast<double>(j);
      expected(i, j) = {value, 1e-3};
      before.view()(i, j) = 1000;
      actual.view()(i, j) = static_cast<float>(value);
    });
  }
  void each(const std::function<void(std::int64_t, std::int64_t)>& visit) const {
    for (std::int64_t i = 0; i < expected.rows; ++i) {
      for (std::int64_t j = 0; j < expected.cols; ++j) visit(i, j);
    }
  }
  [[nodiscard]] std::optional<Mismatch> mismatch() const {
    return compare(expected, std::as_const(before).view(), std::as_const(actual).view());
  }
  [[nodiscard]] std::string pattern() const {
    const auto found = mismatch();
    return found ? found->pattern : "right";
  }
};

}  // namespace

TEST_SUITE("accepts") {
  TEST_CASE("what is within the bound, the bound included") {
    CHECK(accepts({1.0, 0.5}, 1.5F));
    CHECK(accepts({1.0, 0.5}, 0.5F));
    CHECK_FALSE(accepts({1.0, 0.5}, 1.75F));
  }
  TEST_CASE("NaN only where NaN is expected, and nothing else there") {
    CHECK_FALSE(accepts({1.0, 1e30}, kNan));
    CHECK(accepts({std::nan(""), 0}, kNan));
    CHECK_FALSE(accepts({std::nan(""), std::nan("")}, 1.0F));
  }
  TEST_CASE("infinity only where the same infinity is expected") {
    CHECK(accepts({HUGE_VAL, 0}, kInfinity));
    CHECK_FALSE(accepts({HUGE_VAL, HUGE_VAL}, -kInfinity));
    CHECK_FALSE(accepts({HUGE_VAL, HUGE_VAL}, 1.0F));
    CHECK_FALSE(accepts({1.0, 1e30}, kInfinity));
  }
  TEST_CASE("minus zero for zero") { CHECK(accepts({0.0, 0.0}, -0.0F)); }
  TEST_CASE("gamma is a little more than n·u") {
    CHECK(rooflab::testing::gamma(1) > kUnitRoundoff);
    CHECK(rooflab::testing::gamma(1000) == doctest::Approx(1000 * kUnitRoundoff).epsilon(1e-3));
  }
}

TEST_SUITE("compare") {
  TEST_CASE("a right output has no mismatch") { CHECK(Output(4, 9).pattern() == "right"); }
  TEST_CASE("an empty output is right") { CHECK(Output(0, 9).pattern() == "right"); }
  TEST_CASE("the first wrong element is named, in reading order, and all are counted") {
    Output output(4, 9);
    output.actual.view()(3, 1) = 0;
    output.actual.view()(1, 7) = -5;
    const auto found = output.mismatch();
    REQUIRE(found);
    CHECK(found->row == 1);
    CHECK(found->col == 7);
    CHECK(found->expected.value == 18);
    CHECK(found->actual == -5);
    CHECK(found->wrong == 2);
    CHECK(found->total == 36);
  }
  TEST_CASE("columns left out behind whole blocks are a tail") {
    Output output(3, 9);
    for (std::int64_t i = 0; i < 3; ++i) output.actual.view()(i, 8) = 1000;
    CHECK(output.pattern() ==
          "only columns >= 8 = 8·⌊9/8⌋ are wrong: the tail; they were never written");
  }
  TEST_CASE("rows left out behind whole blocks are a tail") {
    Output output(7, 3);
    for (std::int64_t j = 0; j < 3; ++j) output.actual.view()(6, j) = -1;
    CHECK(output.pattern() == "only rows >= 6 = 6·⌊7/6⌋ are wrong: the tail");
  }
  TEST_CASE("an output that nobody wrote") {
    Output output(3, 3);
    output.actual = output.before;
    CHECK(output.pattern() == "every element is wrong; nothing was written");
  }
  TEST_CASE("an output that was added to what was there") {
    Output output(3, 4);
    output.each([&](std::int64_t i, std::int64_t j) { output.actual.view()(i, j) += 1000; });
    CHECK(output.pattern() ==
          "every element is wrong; the result was added to what the output held before: overwrite "
          "it");
  }
  TEST_CASE("a transposed output") {
    Output output(3, 3);
    output.each([&](std::int64_t i, std::int64_t j) {
      output.actual.view()(i, j) = static_cast<float>(output.expected(j, i).value);
    });
    CHECK(output.pattern() ==
          "only elements off the diagonal are wrong; this is the transpose of the right answer: "
          "rows and columns are swapped");
  }
  TEST_CASE("a wrong diagonal") {
    Output output(4, 4);
    for (std::int64_t i = 0; i < 4; ++i) output.actual.view()(i, i) = -1;
    CHECK(output.pattern() == "only elements on the diagonal are wrong");
  }
  TEST_CASE("an output full of NaN") {
    Output output(2, 5);
    output.each([&](std::int64_t i, std::int64_t j) { output.actual.view()(i, j) = kNan; });
    CHECK(output.pattern() == "every element is wrong; they are NaN");
  }
}
