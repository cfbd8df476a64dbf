// What is judged, found and said must be right for each type of element.
#include <doctest/doctest.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/element.h>
#include <rooflab/testing/core/judge.h>

#include <cstdint>
#include <limits>
#include <set>
#include <string>

using namespace rooflab::testing;
using rooflab::Bf16;

#define EVERY_ELEMENT float, double, Bf16, std::uint8_t, std::int8_t, std::int32_t
#define EVERY_INTEGER std::uint8_t, std::int8_t, std::int32_t

namespace {

template <class T>
T element(int value) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(value);
  } else {
    return truncated<T>(static_cast<float>(value));
  }
}

// A 3×5 output that should be 1 + 10·i + j and is, after 100 throughout.
template <class T>
struct Output {
  ExpectedMatrix expected{3, 5};
  GuardedMatrix<T> before{3, 5, {.padding = 2, .misalign = 1}};
  GuardedMatrix<T> after = before;

  Output() {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 5; ++j) {
        expected(i, j).value = 1 + 10 * i + j;
        before.view()(i, j) = element<T>(100);
      }
    }
    after = before;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 5; ++j) after.view()(i, j) = element<T>(1 + 10 * i + j);
    }
  }
  [[nodiscard]] std::optional<Failure> failure() const {
    return judge_output("c", expected, before, after);
  }
};

template <class T>
std::set<double> drawn(Values values) {
  GuardedMatrix<T> matrix(40, 50);
  Random random(Key{{5}});
  fill(matrix, values, random);
  std::set<double> all;
  for (const T value : matrix.span()) all.insert(value_of(value));
  return all;
}

}  // namespace

TEST_SUITE("elements") {
  TEST_CASE_TEMPLATE("a right output is accepted", T, EVERY_ELEMENT) {
    CHECK_FALSE(Output<T>().failure());
  }
  TEST_CASE_TEMPLATE("a wrong element is reported as expected and actual", T, EVERY_ELEMENT) {
    Output<T> output;
    output.after.view()(1, 2) = element<T>(65);
    const auto failure = output.failure();
    REQUIRE(failure);
    CHECK(failure->reason == "wrong_result");
    CHECK(failure->first == "c(1, 2)");
    CHECK(failure->expected == "13");
    CHECK(failure->actual == "65");
    CHECK(failure->wrong == "1 of 15 elements");
  }
  TEST_CASE_TEMPLATE("a write between the rows of an output is found", T, EVERY_ELEMENT) {
    Output<T> output;
    output.after.view().row(1)[5] = T{};
    const auto failure = output.failure();
    REQUIRE(failure);
    CHECK(failure->reason == "out_of_bounds");
    CHECK(failure->what.starts_with("wrote outside c: at (1, 5), behind the end of row 1"));
  }
  TEST_CASE_TEMPLATE("so are writes in front of it and behind it", T, EVERY_ELEMENT) {
    for (const int place : {-1, 3 * 7}) {
      Output<T> output;
      output.after.view().data[place] = T{};
      REQUIRE(output.failure());
      CHECK(output.failure()->reason == "out_of_bounds");
    }
  }
  TEST_CASE_TEMPLATE("an input must come back bit for bit", T, EVERY_ELEMENT) {
    GuardedMatrix<T> after(2, 3, {.padding = 1});
    Random random(Key{{1}});
    fill(after, Values::unit, random);
    const GuardedMatrix<T> before = after;
    CHECK_FALSE(judge_input("a", before, after));
    after.view()(1, 2) = T{};
    const auto failure = judge_input("a", before, after);
    REQUIRE(failure);
    CHECK(failure->reason == "input_modified");
    CHECK(failure->what == "changed its input a");
  }
  TEST_CASE_TEMPLATE("an output that nobody wrote", T, EVERY_ELEMENT) {
    Output<T> output;
    output.after = output.before;
    REQUIRE(output.failure());
    CHECK(output.failure()->pattern == "nothing was written");
  }
  TEST_CASE_TEMPLATE("a result that was added to what the output held", T, EVERY_ELEMENT) {
    Output<T> output;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 5; ++j) output.after.view()(i, j) = element<T>(101 + 10 * i + j);
    }
    REQUIRE(output.failure());
    CHECK(output.failure()->pattern ==
          "the result was added to what the output held before: overwrite it");
  }
  TEST_CASE_TEMPLATE("it starts as far off a cache line as asked", T, EVERY_ELEMENT) {
    for (const std::int64_t misalign : {0, 1, 7}) {
      const GuardedMatrix<T> matrix(2, 3, {.misalign = misalign});
      const auto address = reinterpret_cast<std::uintptr_t>(matrix.view().data);
      CHECK(address % 64 == sizeof(T) * static_cast<std::uintptr_t>(misalign));
    }
  }
  TEST_CASE("integers above 2^24 are exact: one more or less is wrong, and shown in full") {
    ExpectedMatrix expected(1, 1);
    expected(0, 0).value = 2147483646;
    GuardedMatrix<std::int32_t> c(1, 1);
    c.view()(0, 0) = 2147483646;
    CHECK_FALSE(judge_output("c", expected, c, c));
    c.view()(0, 0) = 2147483647;
    const auto failure = judge_output("c", expected, c, c);
    REQUIRE(failure);
    CHECK(failure->expected == "2147483646");
    CHECK(failure->actual == "2147483647");
  }
  TEST_CASE("an element of 8 bits is shown as a number with its sign") {
    const auto failure = judge_element("q", {7}, {66, 0}, std::int8_t{-128});
    REQUIRE(failure);
    CHECK(failure->first == "q(7)");
    CHECK(failure->expected == "66");
    CHECK(failure->actual == "-128");
  }
  TEST_CASE("a bf16 is worth the float whose upper half it is") {
    CHECK(value_of(Bf16{0x3f80}) == 1.0);
    CHECK(value_of(Bf16{0xc049}) == -3.140625);
    CHECK(value_of(Bf16{0x0001}) == 0x1p-133);
    CHECK(value_of(truncated<Bf16>(3.1415927F)) == 3.140625);
  }
}

TEST_SUITE("generated integers") {
  TEST_CASE_TEMPLATE("unit values are many, and never 0", T, EVERY_INTEGER) {
    const auto values = drawn<T>(Values::unit);
    CHECK(values.size() > 200);
    CHECK_FALSE(values.contains(0));
  }
  TEST_CASE_TEMPLATE("huge ones are near both ends", T, EVERY_INTEGER) {
    const double low = std::numeric_limits<T>::min(), high = std::numeric_limits<T>::max();
    for (const double value : drawn<T>(Values::huge)) {
      const bool near_low = low < 0 && value <= low + high / 8;
      const bool near_high = value >= high - high / 8;
      CHECK((near_low || near_high));
    }
  }
  TEST_CASE("tiny ones are -1, 0 and 1") {
    CHECK(drawn<std::int32_t>(Values::tiny) == std::set<double>{-1, 0, 1});
    CHECK(drawn<std::uint8_t>(Values::tiny) == std::set<double>{0, 1});
  }
  TEST_CASE_TEMPLATE("special ones have the ends and 0 among them", T, EVERY_INTEGER) {
    const auto values = drawn<T>(Values::special);
    CHECK(values.contains(std::numeric_limits<T>::min()));
    CHECK(values.contains(std::numeric_limits<T>::max()));
    CHECK(values.contains(0));
    CHECK(values.size() > 100);
  }
}
