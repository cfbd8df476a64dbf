#include "compare.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

namespace rooflab::testing {
namespace {

using View = MatrixView<const float>;

bool same_bits(float x, float y) {
  return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
}

// "columns >= 8 = 8·⌊9/8⌋: the tail": names the block size if the boundary is where whole blocks
// end.
std::string boundary(const char* what, std::int64_t from, std::int64_t extent) {
  std::string text = "only " + std::string(what) + " >= " + std::to_string(from);
  for (const std::int64_t block : {64, 48, 32, 16, 12, 8, 6, 4, 3, 2}) {
    if (from == block * (extent / block)) {
      const std::string size = std::to_string(block);
      return text + " = " + size + "·⌊" + std::to_string(extent) + "/" + size +
             "⌋ are wrong: the tail";
    }
  }
  return text + " are wrong";
}

struct WrongSet {
  std::int64_t count = 0;
  std::int64_t min_row = std::numeric_limits<std::int64_t>::max();
  std::int64_t min_col = std::numeric_limits<std::int64_t>::max();
  bool all_unwritten = true, all_accumulated = true, all_nan = true;
  bool none_on_diagonal = true, all_on_diagonal = true;
};

bool accumulated(const Expected& expected, float before, float actual) {
  const double sum = expected.value + static_cast<double>(before);
  return std::isfinite(before) &&
         std::abs(static_cast<double>(actual) - sum) <=
             expected.bound + 4 * kUnitRoundoff * (std::abs(sum) + std::abs(before));
}

bool is_transpose(const ExpectedMatrix& expected, View actual) {
  if (expected.rows != expected.cols || expected.rows < 2) return false;
  for (std::int64_t i = 0; i < expected.rows; ++i) {
    for (std::int64_t j = 0; j < expected.cols; ++j) {
      if (!accepts(expected(j, i), actual(i, j))) return false;
    }
  }
  return true;
}

std::string pattern_of(const WrongSet& wrong, const ExpectedMatrix& expected, View actual) {
  const std::int64_t total = expected.rows * expected.cols;
  std::string where;
  if (wrong.count == total) {
    where = total > 1 ? "every element is wrong" : "";
  } else if (wrong.min_col > 0 && wrong.min_row == 0) {
    where = boundary("columns", wrong.min_col, expected.cols);
  } else if (wrong.min_row > 0 && wrong.min_col == 0) {
    where = boundary("rows", wrong.min_row, expected.rows);
  } else if (wrong.min_row > 0 && wrong.min_col > 0) {
    where = boundary("rows", wrong.min_row, expected.rows) + "; " +
            boundary("columns", wrong.min_col, expected.cols);
  } else if (wrong.none_on_diagonal && expected.rows == expected.cols) {
    where = "only elements off the diagonal are wrong";
  } else if (wrong.all_on_diagonal && expected.rows > 1 && expected.cols > 1) {
    where = "only elements on the diagonal are wrong";
  }
  std::string how;
  if (wrong.all_unwritten) {
    how = wrong.count == total ? "nothing was written" : "they were never written";
  } else if (wrong.all_accumulated) {
    how = "the result was added to what the output held before: overwrite it";
  } else if (is_transpose(expected, actual)) {
    how = "this is the transpose of the right answer: rows and columns are swapped";
  } else if (wrong.all_nan) {
    how = "they are NaN";
  }
  if (where.empty() || how.empty()) return where + how;
  return where + "; " + how;
}

}  // namespace

bool accepts(const Expected& expected, float actual) {
  if (std::isnan(expected.value)) return std::isnan(actual);
  if (std::isinf(expected.value)) return static_cast<double>(actual) == expected.value;
  return std::abs(static_cast<double>(actual) - expected.value) <= expected.bound;
}

std::optional<Mismatch> compare(const ExpectedMatrix& expected, View before, View actual) {
  std::optional<Mismatch> first;
  WrongSet wrong;
  for (std::int64_t i = 0; i < expected.rows; ++i) {
    for (std::int64_t j = 0; j < expected.cols; ++j) {
      const float value = actual(i, j);
      if (accepts(expected(i, j), value)) continue;
      if (!first) first = Mismatch{i, j, expected(i, j), value, 0, 0, {}};
      ++wrong.count;
      wrong.min_row = std::min(wrong.min_row, i);
      wrong.min_col = std::min(wrong.min_col, j);
      wrong.all_unwritten &= same_bits(value, before(i, j));
      wrong.all_accumulated &= accumulated(expected(i, j), before(i, j), value);
      wrong.all_nan &= std::isnan(value);
      wrong.none_on_diagonal &= i != j;
      wrong.all_on_diagonal &= i == j;
    }
  }
  if (!first) return std::nullopt;
  first->wrong = wrong.count;
  first->total = expected.rows * expected.cols;
  first->pattern = pattern_of(wrong, expected, actual);
  return first;
}

}  // namespace rooflab::testing
