// Test memory must find every stray write, wherever it goes.
#include <doctest/doctest.h>
#include <rooflab/testing/core/guarded.h>

#include <cmath>
#include <cstdint>
#include <string>

using GuardedMatrix = rooflab::testing::GuardedMatrix<float>;

namespace {

std::string damage(const GuardedMatrix& matrix) { return matrix.damage().value_or("none"); }

}  // namespace

TEST_SUITE("guarded memory") {
  TEST_CASE("writing every element does no damage") {
    GuardedMatrix matrix(5, 3, {.padding = 4, .misalign = 1});
    for (std::int64_t i = 0; i < 5; ++i) {
      for (std::int64_t j = 0; j < 3; ++j) matrix.view()(i, j) = 0;
    }
    CHECK(damage(matrix) == "none");
  }
  TEST_CASE("a write in front is found") {
    GuardedMatrix matrix(5, 3);
    matrix.view().data[-2] = 0;
    CHECK(damage(matrix) == "2 elements in front of element (0, 0)");
  }
  TEST_CASE("a write behind is found") {
    GuardedMatrix matrix(5, 3);
    matrix.view().data[5 * 3] = 0;
    CHECK(damage(matrix) == "0 elements behind the last element's place");
  }
  TEST_CASE("a write some rows behind is found") {
    GuardedMatrix matrix(100, 100);
    matrix.view()(112, 99) = 0;
    CHECK(damage(matrix) == "1299 elements behind the last element's place");
  }
  TEST_CASE("a write into the padding of a row is found") {
    GuardedMatrix matrix(5, 3, {.padding = 2});
    matrix.view().row(1)[4] = 0;
    CHECK(damage(matrix) ==
          "at (1, 4), behind the end of row 1: a row has 3 elements, the next starts 5 later");
  }
  TEST_CASE("a write into an empty matrix is found") {
    GuardedMatrix matrix(0, 3);
    matrix.view().data[0] = 0;
    CHECK(damage(matrix) != "none");
  }
  TEST_CASE("writing back a guard of another matrix is found") {
    const GuardedMatrix x(1, 8);
    GuardedMatrix y(1, 8);
    y.view().data[8] = x.view().data[8];  // as a relu that runs one too far does
    CHECK(damage(y) != "none");
  }
  TEST_CASE("what surrounds the elements is NaN, so reading it shows") {
    const GuardedMatrix matrix(2, 3, {.padding = 1});
    CHECK(std::isnan(matrix.view().data[-1]));
    CHECK(std::isnan(matrix.view().row(0)[3]));
    CHECK(std::isnan(matrix.view().data[8]));
  }
  TEST_CASE("it starts as far off a cache line as asked") {
    for (const std::int64_t misalign : {0, 1, 15}) {
      const GuardedMatrix matrix(2, 3, {.misalign = misalign});
      const auto address = reinterpret_cast<std::uintptr_t>(matrix.view().data);
      CHECK(address % 64 == 4 * static_cast<std::uintptr_t>(misalign));
    }
  }
  TEST_CASE("a copy is whole and the same, until a bit changes") {
    GuardedMatrix matrix(2, 3, {.padding = 2, .misalign = 3});
    for (std::int64_t t = 0; t < 6; ++t) matrix.view()(t / 3, t % 3) = 0;
    GuardedMatrix copy = matrix;
    CHECK(damage(copy) == "none");
    CHECK(copy.same_bits(matrix));
    copy.view()(1, 2) = -0.0F;
    CHECK_FALSE(copy.same_bits(matrix));
  }
}
