// A test case is named after the promise that it checks.
#include <doctest/doctest.h>
#include <rooflab/testing/core/promise.h>

#include <string>

using namespace rooflab::testing;

TEST_SUITE("promise") {
  TEST_CASE("the last part of a name, in words") {
    CHECK(std::string(in_words<"matmul::multiplies_any_shape">) == "multiplies any shape");
    CHECK(std::string(in_words<"a::long_one::keeps_NaN">) == "keeps NaN");
    CHECK(std::string(in_words<"plain">) == "plain");
  }
}
