// An input that ends with its page must be the input, and nothing behind it may be readable.
#include <doctest/doctest.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/placed.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

using namespace rooflab::testing;

namespace {

// Asks the kernel, which answers where this program would fault.
bool readable(const float* address) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const bool read = write(ends[1], address, sizeof(float)) == sizeof(float);
  close(ends[0]);
  close(ends[1]);
  return read;
}

}  // namespace

TEST_SUITE("placed inputs") {
  TEST_CASE("an input stays where it is unless it is to end with its page") {
    const GuardedMatrix<float> input(3, 5, {.padding = 2});
    CHECK(Placed(input, false).view().data == input.view().data);
  }
  TEST_CASE("a copy has the same elements, and nothing behind it can be read") {
    for (const std::int64_t size : {1, 7, 1023, 1024, 1025, 5000}) {
      GuardedMatrix<float> input(1, size);
      Random random(Key{{1}});
      fill(input, Values::unit, random);
      const Placed placed(input, true);
      CHECK(std::ranges::equal(placed.span(), input.span()));
      const float* end = placed.span().data() + size;
      CHECK(readable(end - 1));
      CHECK_FALSE(readable(end));
    }
  }
  TEST_CASE("of an empty input nothing can be read") {
    const GuardedMatrix<float> input(0, 5);
    const Placed placed(input, true);
    CHECK(placed.span().empty());
    CHECK_FALSE(readable(placed.view().data));
  }
  TEST_CASE("rows keep their stride, and the padding of the last one is cut off") {
    GuardedMatrix<float> input(3, 5, {.padding = 4});
    Random random(Key{{1}});
    fill(input, Values::unit, random);
    const Placed placed(input, true);
    CHECK(placed.view().stride == 9);
    for (std::int64_t i = 0; i < 3; ++i) {
      CHECK(std::equal(placed.view().row(i), placed.view().row(i) + 5, input.view().row(i)));
    }
    CHECK_FALSE(readable(placed.view().row(2) + 5));
  }
}
