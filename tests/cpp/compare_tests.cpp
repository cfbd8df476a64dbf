// What passes as right, and how a wrong output is described.
#include <doctest/doctest.h>
#include <rooflab/testing/core/compare.h>
#include <rooflab/testing/core/guarded.h>

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
  GuardedMatrix<float> before, actual;

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

const WrongRegion kWhole{.whole = true, .rows = {}, .cols = {}};

WrongRegion rows(std::int64_t from, std::int64_t extent) {
  return {.whole = false, .rows = {from, extent}, .cols = {5, 5}};
}

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
    CHECK(rooflab::testing::gamma(1) > kUnitRoundoff<float>);
    CHECK(rooflab::testing::gamma(1000) ==
          doctest::Approx(1000 * kUnitRoundoff<float>).epsilon(1e-3));
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
  TEST_CASE("columns that are wrong from one on") {
    Output output(3, 9);
    for (std::int64_t i = 0; i < 3; ++i) output.actual.view()(i, 8) = 1000;
    CHECK(output.pattern() == "only columns >= 8 are wrong; they were never written");
  }
  TEST_CASE("rows that are wrong from one on") {
    Output output(7, 3);
    for (std::int64_t j = 0; j < 3; ++j) output.actual.view()(6, j) = -1;
    CHECK(output.pattern() == "only rows >= 6 are wrong");
  }
  TEST_CASE("rows and columns that are wrong from one on") {
    Output output(9, 7);
    output.each([&](std::int64_t i, std::int64_t j) {
      if (i >= 8 || j >= 6) output.actual.view()(i, j) = 1000;
    });
    CHECK(output.pattern() == "only rows >= 8 and columns >= 6 are wrong; they were never written");
  }
  TEST_CASE("a corner") {
    Output output(9, 7);
    output.actual.view()(8, 6) = -1;
    CHECK(output.pattern() == "only the corner of rows >= 8 and columns >= 6 is wrong");
  }
  TEST_CASE("a single row has elements, not columns") {
    Output output(1, 9);
    output.actual.view()(0, 8) = -1;
    CHECK(output.pattern() == "only elements >= 8 are wrong");
  }
  TEST_CASE("a region of which a part is right is no pattern") {
    Output output(3, 9);
    output.actual.view()(0, 8) = -1;
    output.actual.view()(2, 8) = -1;
    CHECK(output.pattern().empty());
  }
  TEST_CASE("nor are some elements off the diagonal") {
    Output output(4, 4);
    output.actual.view()(1, 3) = -1;
    output.actual.view()(3, 1) = -1;
    CHECK(output.pattern().empty());
  }
  TEST_CASE("an output that nobody wrote") {
    Output output(3, 3);
    output.actual = output.before;
    CHECK(output.pattern() == "nothing was written");
  }
  TEST_CASE("an output that was added to what was there") {
    Output output(3, 4);
    output.each([&](std::int64_t i, std::int64_t j) { output.actual.view()(i, j) += 1000; });
    CHECK(output.pattern() == "the result was added to what the output held before: overwrite it");
  }
  TEST_CASE("a value that was lost explains itself, wherever it stood") {
    struct Lost {
      double expected;
      float actual;
      const char* pattern;
    };
    for (const auto& [expected, actual, pattern] :
         {Lost{kNan, 0, "NaN became 0"}, Lost{kNan, -0.0F, "NaN became 0"},
          Lost{kNan, 7, "NaN became a number"}, Lost{kNan, -kInfinity, "NaN became infinity"},
          Lost{kInfinity, kNan, "infinity became NaN"}, Lost{kInfinity, 0, "infinity became 0"},
          Lost{-kInfinity, 3e38F, "infinity became a number"},
          Lost{kInfinity, -kInfinity, "infinity has the wrong sign"}}) {
      Output output(1, 3);
      output.expected(0, 2) = {expected, 0};
      output.actual.view()(0, 2) = actual;
      CHECK(output.pattern() == pattern);
    }
  }
  TEST_CASE("values that were lost in several ways are described as far as they agree") {
    Output output(1, 9);
    for (const std::int64_t j : {2, 5, 6}) output.expected(0, j) = {kNan, 0};
    output.actual.view()(0, 2) = 0;
    CHECK(output.pattern() == "NaN became a number");
    output.actual.view()(0, 5) = kInfinity;
    CHECK(output.pattern() == "NaN was lost");
    output.actual.view()(0, 8) = -1;
    CHECK(output.pattern().empty());
  }
  TEST_CASE("a number in place of infinity was not added to what the output held") {
    Output output(2, 2);
    output.expected(0, 1) = {kInfinity, kInfinity};
    CHECK(output.pattern() == "infinity became a number");
  }
  TEST_CASE("NaN that nobody wrote was not lost") {
    Output output(1, 9);
    output.expected(0, 8) = {kNan, 0};
    output.actual.view()(0, 8) = 1000;
    CHECK(output.pattern() == "only elements >= 8 are wrong; they were never written");
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
    CHECK(output.pattern() == "every element is NaN");
  }
  TEST_CASE("columns that are NaN") {
    Output output(2, 9);
    for (std::int64_t i = 0; i < 2; ++i) output.actual.view()(i, 8) = kNan;
    CHECK(output.pattern() == "only columns >= 8 are wrong; they are NaN");
  }
  TEST_CASE("numbers that became infinite") {
    Output output(2, 4);
    for (const std::int64_t j : {0, 2}) output.actual.view()(1, j) = kInfinity;
    CHECK(output.pattern() == "they are infinite");
  }
}

TEST_SUITE("tail") {
  TEST_CASE("what whole blocks leave over, where nothing of a single element is right") {
    CHECK(tail(rows(124, 127), kWhole) == "the tail, 124 = 4·⌊127/4⌋");
    CHECK(tail(rows(112, 127), kWhole) == "the tail, 112 = 16·⌊127/16⌋");
    CHECK(tail({.whole = false, .rows = {124, 127}, .cols = {93, 95}}, kWhole) ==
          "the tails, 124 = 4·⌊127/4⌋ and 93 = 3·⌊95/3⌋");
  }
  TEST_CASE("a border that moves with the size, from one end of blocks to another") {
    CHECK(tail(rows(124, 127), rows(4, 5)) == "the tail, 124 = 4·⌊127/4⌋");
    CHECK(tail(rows(124, 127), rows(3, 5)).empty());
  }
  TEST_CASE("not a border that stays where it is") {
    CHECK(tail(rows(128, 134), rows(128, 129)).empty());
  }
  TEST_CASE("not a border where no blocks end") {
    CHECK(tail(rows(31, 127), kWhole).empty());
    CHECK(tail({.whole = false, .rows = {124, 127}, .cols = {5, 95}}, kWhole).empty());
  }
  TEST_CASE("not without a border, nor without a smaller call") {
    CHECK(tail(kWhole, kWhole).empty());
    CHECK(tail({}, kWhole).empty());
    CHECK(tail(rows(124, 127), rows(124, 127)).empty());
  }
}
