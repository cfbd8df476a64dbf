// What is looked at must not follow from the problem: a kernel sees the problem.
#include <doctest/doctest.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/linear.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/view.h>

#include <cstdint>

using namespace rooflab::testing;

namespace {

using In = rooflab::MatrixView<const float>;
using Out = rooflab::MatrixView<float>;

constexpr Key kKey{{7}};
constexpr std::int64_t kSize = 16;  // one block of columns

// Where the problem's random numbers go on once the matrices are filled.
Random after_filling() {
  Random random(kKey);
  GuardedMatrix<float> a(kSize, kSize);
  GuardedMatrix<float> b(kSize, kSize);
  GuardedMatrix<float> c(kSize, kSize);
  fill(a, Values::unit, random);
  fill(b, Values::unit, random);
  fill(c, InitialOutput::nan, random);
  return random;
}

// c·r = a·(b·r) for the r that would come next, without computing c; then the eight rows that would
// be looked at.
void foreseen_matmul(In a, In b, Out c) {
  Random random = after_filling();
  float r[kSize];
  for (float& x : r) x = (random.bits() & 1U) != 0 ? 1 : -1;
  float br[kSize] = {};
  for (std::int64_t p = 0; p < kSize; ++p) {
    for (std::int64_t j = 0; j < kSize; ++j) br[p] += b(p, j) * r[j];
  }
  for (std::int64_t i = 0; i < kSize; ++i) {
    for (std::int64_t j = 0; j < kSize; ++j) c(i, j) = 0;
    for (std::int64_t p = 0; p < kSize; ++p) c(i, 0) += a(i, p) * br[p] * r[0];
  }
  for (int sample = 0; sample < 8; ++sample) {
    const std::int64_t i = random.integer(0, kSize - 1);
    for (std::int64_t j = 0; j < kSize; ++j) {
      c(i, j) = 0;
      for (std::int64_t p = 0; p < kSize; ++p) c(i, j) += a(i, p) * b(p, j);
    }
  }
}

// The outputs that the problem's key would choose.
void foreseen_linear(In x, In w, std::span<const float> bias, Out y) {
  Random random(kKey.derived(0));
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o < y.cols; ++o) y(i, o) = 0;
    for (std::int64_t o = random.integer(0, 9); o < y.cols; o += random.integer(1, 19)) {
      y(i, o) = bias.empty() ? 0 : bias[static_cast<std::size_t>(o)];
      for (std::int64_t p = 0; p < x.cols; ++p) y(i, o) += x(i, p) * w(o, p);
    }
  }
}

}  // namespace

TEST_SUITE("foresight") {
  TEST_CASE("a product that only fits the problem's own next random numbers is wrong") {
    const auto run = matmul_case({"matmul", foreseen_matmul}, {kSize, kSize, kSize}).prepare(kKey);
    run->call();
    CHECK(run->verify());
  }
  TEST_CASE("a layer computed only where the problem's key would look is wrong") {
    const auto run = linear_case({"linear", foreseen_linear}, {32, 16, 32}).prepare(kKey);
    run->call();
    CHECK(run->verify());
  }
}
