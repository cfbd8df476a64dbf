// Comparing an output with what it should be, and saying in words how it differs.
#pragma once

#include <rooflab/testing/core/element.h>
#include <rooflab/view.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

/// Smallest positive float: what underflow may cost an operation.
inline constexpr double kSmallestFloat = 0x1p-149;

/// γₙ = n·u / (1 − n·u) with float's u: n roundings in a row change a value by at most this factor
/// (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, lemma 3.1).
/// Precondition: n·u < 1.
[[nodiscard]] constexpr double gamma(std::int64_t n) {
  const double nu = static_cast<double>(n) * kUnitRoundoff<float>;
  return nu / (1 - nu);
}

/// The exact answer for one element, and how far a correct computation may be from it: 0 for
/// integers and copies.
struct Expected {
  double value = 0;
  double bound = 0;
};

/// NaN is right only where NaN is expected, infinity only where the same infinity is.
[[nodiscard]] inline bool accepts(const Expected& expected, double actual) {
  if (std::isnan(expected.value)) return std::isnan(actual);
  if (std::isinf(expected.value)) return actual == expected.value;
  return std::abs(actual - expected.value) <= expected.bound;
}

/// Expected values of a rows×cols output, row after row.
struct ExpectedMatrix {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::vector<Expected> elements;

  ExpectedMatrix(std::int64_t r, std::int64_t c)
      : rows(r), cols(c), elements(static_cast<std::size_t>(r * c)) {}
  [[nodiscard]] Expected& operator()(std::int64_t i, std::int64_t j) {
    return elements[static_cast<std::size_t>(i * cols + j)];
  }
  [[nodiscard]] const Expected& operator()(std::int64_t i, std::int64_t j) const {
    return elements[static_cast<std::size_t>(i * cols + j)];
  }
};

/// Where the wrong rows (or columns) begin, out of `extent`; none are wrong when both are the same.
struct Border {
  std::int64_t from = 0, extent = 0;
};

/// The wrong elements: all, or exactly those behind the borders, or neither.
struct WrongRegion {
  bool whole = false;
  Border rows, cols;
};

/// How an output differs from what it should be.
struct Mismatch {
  std::int64_t row = 0, col = 0;  // the first wrong element, in reading order
  Expected expected;
  double actual = 0;
  std::int64_t wrong = 0, total = 0;  // elements
  std::string pattern;                // what the wrong elements have in common; may be empty
  WrongRegion region = {};
};

/// Compares every element. `before` is what the output held before the call (same shape), from
/// which "never written" and "added to the old contents" are recognised.
template <class T>
[[nodiscard]] std::optional<Mismatch> compare(const ExpectedMatrix& expected,
                                              MatrixView<const T> before,
                                              MatrixView<const T> actual);

/// "the tail, 124 = 4·⌊127/4⌋": if blocks of some size explain why what is behind a border is
/// wrong. One call is no evidence: many numbers are a multiple of something. So `least`, of the
/// smallest call that still fails, must agree: all of it is tail, or its border has moved to where
/// whole blocks end there.
[[nodiscard]] std::string tail(const WrongRegion& wrong, const WrongRegion& least);

}  // namespace rooflab::testing
