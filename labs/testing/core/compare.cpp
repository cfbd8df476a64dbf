#include <rooflab/matrix.h>
#include <rooflab/testing/core/compare.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace rooflab::testing {
namespace {

using View = MatrixView<const double>;

bool same_bits(double x, double y) {
  return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
}

// What a value is, as far as a pattern speaks of it.
enum class Kind : std::uint8_t { zero, number, infinity, nan, mixed };

Kind kind_of(double value) {
  if (std::isnan(value)) return Kind::nan;
  if (std::isinf(value)) return Kind::infinity;
  return value == 0 ? Kind::zero : Kind::number;
}

// The kind of values of both kinds.
Kind join(Kind a, Kind b) {
  if (a == b) return a;
  const auto finite = [](Kind kind) { return kind == Kind::zero || kind == Kind::number; };
  return finite(a) && finite(b) ? Kind::number : Kind::mixed;
}

struct WrongSet {
  std::int64_t count = 0;
  std::int64_t min_row = std::numeric_limits<std::int64_t>::max();
  std::int64_t min_col = std::numeric_limits<std::int64_t>::max();
  std::int64_t first_in_col_0 = std::numeric_limits<std::int64_t>::max();  // a row
  std::int64_t first_in_row_0 = std::numeric_limits<std::int64_t>::max();  // a column
  bool all_unwritten = true, all_accumulated = true;
  bool none_on_diagonal = true, all_on_diagonal = true;
  Kind expected = Kind::mixed, actual = Kind::mixed;
};

bool accumulated(const Expected& expected, double before, double actual, double roundoff) {
  const double sum = expected.value + before;
  return std::isfinite(before) && std::isfinite(sum) &&
         std::abs(actual - sum) <=
             expected.bound + 4 * roundoff * (std::abs(sum) + std::abs(before));
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

bool any(const Border& border) { return border.from < border.extent; }

bool right_before(const ExpectedMatrix& expected, View actual, std::int64_t row, std::int64_t col) {
  for (std::int64_t i = 0; i < row; ++i) {
    for (std::int64_t j = 0; j < col; ++j) {
      if (!accepts(expected(i, j), actual(i, j))) return false;
    }
  }
  return true;
}

// A region is one only when all of it is wrong.
WrongRegion region_of(const WrongSet& wrong, const ExpectedMatrix& expected, View actual) {
  const std::int64_t rows = expected.rows, cols = expected.cols;
  if (wrong.count == rows * cols) return {.whole = true, .rows = {}, .cols = {}};
  const std::int64_t row = std::min(wrong.first_in_col_0, rows);
  const std::int64_t col = std::min(wrong.first_in_row_0, cols);
  const bool outside = wrong.count == rows * cols - row * col;
  if (!outside || !right_before(expected, actual, row, col)) return {};
  return {.whole = false, .rows = {row, rows}, .cols = {col, cols}};
}

std::string where(const WrongSet& wrong, const WrongRegion& region, std::int64_t rows,
                  std::int64_t cols) {
  if (region.whole) return "";  // "wrong: 9 of 9 elements" says so
  const auto behind = [](const char* what, std::int64_t from) {
    return std::string(what) + " >= " + std::to_string(from);
  };
  const char* across = rows == 1 ? "elements" : "columns";
  if (any(region.rows) || any(region.cols)) {
    const char* both = any(region.rows) && any(region.cols) ? " and " : "";
    return "only " + (any(region.rows) ? behind("rows", region.rows.from) : "") + both +
           (any(region.cols) ? behind(across, region.cols.from) : "") + " are wrong";
  }
  if (wrong.count == (rows - wrong.min_row) * (cols - wrong.min_col)) {
    return "only the corner of " + behind("rows", wrong.min_row) + " and " +
           behind(across, wrong.min_col) + " is wrong";
  }
  if (rows == cols && wrong.none_on_diagonal && wrong.count == rows * (rows - 1)) {
    return "only elements off the diagonal are wrong";
  }
  if (rows == cols && wrong.all_on_diagonal && wrong.count == rows) {
    return "only elements on the diagonal are wrong";
  }
  return "";
}

// What became of NaN and infinity, or where they came from: that the wrong elements are those with
// such a value says more about a mistake than where they happen to be.
std::string lost_value(const WrongSet& wrong) {
  if (wrong.expected != Kind::nan && wrong.expected != Kind::infinity) return "";
  const std::string from = wrong.expected == Kind::nan ? "NaN" : "infinity";
  switch (wrong.actual) {
    case Kind::zero:
      return from + " became 0";
    case Kind::number:
      return from + " became a number";
    case Kind::infinity:
      return wrong.expected == Kind::nan ? "NaN became infinity" : "infinity has the wrong sign";
    case Kind::nan:
      return from + " became NaN";
    case Kind::mixed:
      return from + " was lost";
  }
  return "";
}

std::string pattern_of(const WrongSet& wrong, const WrongRegion& region,
                       const ExpectedMatrix& expected, View actual) {
  std::string how;
  if (wrong.all_unwritten) {
    how = region.whole ? "nothing was written" : "they were never written";
  } else if (const std::string lost = lost_value(wrong); !lost.empty()) {
    return lost;
  } else if (wrong.all_accumulated) {
    how = "the result was added to what the output held before: overwrite it";
  } else if (is_transpose(expected, actual)) {
    how = "this is the transpose of the right answer: rows and columns are swapped";
  } else if (wrong.actual == Kind::nan) {
    how = region.whole ? "every element is NaN" : "they are NaN";
  } else if (wrong.actual == Kind::infinity) {
    how = region.whole ? "every element is infinite" : "they are infinite";
  }
  const std::string place = where(wrong, region, expected.rows, expected.cols);
  if (place.empty() || how.empty()) return place + how;
  return place + "; " + how;
}

// The size of the blocks that end where the wrong elements begin, at both calls; or 0.
std::int64_t block_of(const Border& border, const Border& least, bool least_is_whole) {
  for (const std::int64_t block : {64, 32, 16, 8, 4, 48, 12, 6, 3}) {
    const auto ends_at = [block](const Border& b) { return b.from == b.extent / block * block; };
    const bool agrees = any(least) && least.from != border.from && ends_at(least);
    if (ends_at(border) && (least_is_whole || agrees)) return block;
  }
  return 0;
}

// How elements, as doubles, differ from what they should be: at least one of them does.
Mismatch describe(const ExpectedMatrix& expected, View before, View actual, double roundoff) {
  Mismatch mismatch;
  WrongSet wrong;
  for (std::int64_t i = 0; i < expected.rows; ++i) {
    for (std::int64_t j = 0; j < expected.cols; ++j) {
      const double value = actual(i, j);
      if (accepts(expected(i, j), value)) continue;
      const Kind should = kind_of(expected(i, j).value);
      const Kind is = kind_of(value);
      if (wrong.count == 0) {
        mismatch.row = i;
        mismatch.col = j;
        mismatch.expected = expected(i, j);
        mismatch.actual = value;
        wrong.expected = should;
        wrong.actual = is;
      }
      wrong.expected = join(wrong.expected, should);
      wrong.actual = join(wrong.actual, is);
      ++wrong.count;
      wrong.min_row = std::min(wrong.min_row, i);
      wrong.min_col = std::min(wrong.min_col, j);
      if (j == 0) wrong.first_in_col_0 = std::min(wrong.first_in_col_0, i);
      if (i == 0) wrong.first_in_row_0 = std::min(wrong.first_in_row_0, j);
      wrong.all_unwritten &= same_bits(value, before(i, j));
      wrong.all_accumulated &= accumulated(expected(i, j), before(i, j), value, roundoff);
      wrong.none_on_diagonal &= i != j;
      wrong.all_on_diagonal &= i == j;
    }
  }
  mismatch.wrong = wrong.count;
  mismatch.total = expected.rows * expected.cols;
  mismatch.region = region_of(wrong, expected, actual);
  mismatch.pattern = pattern_of(wrong, mismatch.region, expected, actual);
  return mismatch;
}

template <class T>
bool accepts_all(const ExpectedMatrix& expected, MatrixView<const T> actual) {
  for (std::int64_t i = 0; i < expected.rows; ++i) {
    for (std::int64_t j = 0; j < expected.cols; ++j) {
      if (!accepts(expected(i, j), value_of(actual(i, j)))) return false;
    }
  }
  return true;
}

template <class T>
Matrix<double> values_of(MatrixView<const T> elements) {
  Matrix<double> values(elements.rows, elements.cols);
  for (std::int64_t i = 0; i < elements.rows; ++i) {
    for (std::int64_t j = 0; j < elements.cols; ++j) values(i, j) = value_of(elements(i, j));
  }
  return values;
}

}  // namespace

template <class T>
std::optional<Mismatch> compare(const ExpectedMatrix& expected, MatrixView<const T> before,
                                MatrixView<const T> actual) {
  if (accepts_all(expected, actual)) return std::nullopt;
  return describe(expected, values_of(before).view(), values_of(actual).view(), kUnitRoundoff<T>);
}

#define INSTANTIATE(T)                                                                 \
  template std::optional<Mismatch> compare(const ExpectedMatrix&, MatrixView<const T>, \
                                           MatrixView<const T>);
ROOFLAB_FOR_EACH_ELEMENT(INSTANTIATE)

std::string tail(const WrongRegion& wrong, const WrongRegion& least) {
  std::string text;
  for (const auto& [border, small] :
       {std::pair(wrong.rows, least.rows), {wrong.cols, least.cols}}) {
    if (!any(border)) continue;
    const std::int64_t block = block_of(border, small, least.whole);
    if (block == 0) return "";
    text += (text.empty() ? "" : " and ") + std::to_string(border.from) + " = " +
            std::to_string(block) + "·⌊" + std::to_string(border.extent) + "/" +
            std::to_string(block) + "⌋";
  }
  if (text.empty()) return "";
  return (any(wrong.rows) && any(wrong.cols) ? "the tails, " : "the tail, ") + text;
}

}  // namespace rooflab::testing
