#include <rooflab/testing/core/data.h>

#include <algorithm>
#include <limits>

namespace rooflab::testing {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

float special(Random& random) {
  const float value = random.signed_unit();
  switch (random.integer(0, 31)) {
    case 0:
      return kNan;
    case 1:
      return kInfinity;
    case 2:
      return -kInfinity;
    case 3:
      return 0;
    default:
      return value;
  }
}

float draw(Values values, Random& random) {
  switch (values) {
    case Values::unit:
      return random.signed_unit();
    case Values::huge:
      return random.signed_unit() * 0x1p58F;
    case Values::tiny:
      return random.signed_unit() * 0x1p-70F;
    case Values::special:
      return special(random);
  }
  return kNan;
}

template <class Draw>
void fill_with(GuardedMatrix& matrix, Draw next) {
  const MatrixView<float> view = matrix.view();
  for (std::int64_t i = 0; i < view.rows; ++i) std::generate_n(view.row(i), view.cols, next);
}

// What is timed: large, and so filled with two numbers of each draw.
void fill_with_units(GuardedMatrix& matrix, Random& random) {
  const MatrixView<float> view = matrix.view();
  Random local = random;  // where the compiler can keep it in registers
  for (std::int64_t i = 0; i < view.rows; ++i) {
    float* row = view.row(i);
    for (std::int64_t j = 0; j + 1 < view.cols; j += 2) {
      const std::uint64_t bits = local.bits();
      row[j] = Random::signed_unit(static_cast<std::uint32_t>(bits >> 32U));
      row[j + 1] = Random::signed_unit(static_cast<std::uint32_t>(bits));
    }
    if (view.cols % 2 != 0) row[view.cols - 1] = local.signed_unit();
  }
  random = local;
}

}  // namespace

std::string describe_matrix(const char* name, std::int64_t rows, std::int64_t cols,
                            std::int64_t padding) {
  std::string text = std::string(name) + " " + std::to_string(rows) + "×" + std::to_string(cols);
  if (padding > 0) text += " (stride " + std::to_string(cols + padding) + ")";
  return text;
}

std::string describe_rest(std::int64_t misalign, Values values, Before before, const char* output) {
  std::string text;
  if (values == Values::huge) text += ", huge values";
  if (values == Values::tiny) text += ", tiny values";
  if (values == Values::special) text += ", NaN and infinity among the values";
  if (misalign > 0) text += ", " + std::to_string(misalign) + " floats past a cache line";
  if (before == Before::nan) text += ", " + std::string(output) + " full of NaN before the call";
  return text;
}

void fill(GuardedMatrix& matrix, Values values, Random& random) {
  if (values == Values::unit) return fill_with_units(matrix, random);
  fill_with(matrix, [&] { return draw(values, random); });
}

void fill(GuardedMatrix& matrix, Before before, Random& random) {
  if (before == Before::nan) return fill_with(matrix, [] { return kNan; });
  fill_with(matrix, [&] { return 1000.0F + 500.0F * random.signed_unit(); });
}

}  // namespace rooflab::testing
