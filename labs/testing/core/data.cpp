#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/element.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <type_traits>

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

float draw_float(Values values, Random& random) {
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

// One of a type that reaches from `low` to `high`.
std::int64_t draw_integer(Values values, std::int64_t low, std::int64_t high, Random& random) {
  switch (values) {
    case Values::unit: {
      const std::int64_t value = random.integer(low, high - 1);
      return value < 0 ? value : value + 1;
    }
    case Values::huge: {
      const std::int64_t value = random.integer(high - high / 8, high);
      return low < 0 && random.integer(0, 1) == 0 ? low + (high - value) : value;
    }
    case Values::tiny:
      return random.integer(low < 0 ? -1 : 0, 1);
    case Values::special: {
      const std::int64_t all[] = {low, high, 0, draw_integer(Values::unit, low, high, random)};
      return all[std::min<std::int64_t>(random.integer(0, 15), 3)];
    }
  }
  return 0;
}

template <class T>
T draw(Values values, Random& random) {
  if constexpr (std::is_integral_v<T>) {
    using Limits = std::numeric_limits<T>;
    return static_cast<T>(draw_integer(values, Limits::min(), Limits::max(), random));
  } else {
    return truncated<T>(draw_float(values, random));
  }
}

// A number that no sum of a few elements comes near by chance.
template <class T>
T draw_initial(Random& random) {
  if constexpr (std::is_same_v<T, std::int32_t>) {
    return static_cast<T>(random.integer(500'000'000, 1'000'000'000));
  } else if constexpr (std::is_integral_v<T>) {
    return draw<T>(Values::unit, random);
  } else {
    return truncated<T>(1000.0F + 500.0F * random.signed_unit());
  }
}

template <class T, class Draw>
void fill_with(GuardedMatrix<T>& matrix, Draw next) {
  const MatrixView<T> view = matrix.view();
  for (std::int64_t i = 0; i < view.rows; ++i) std::generate_n(view.row(i), view.cols, next);
}

// What is timed: large, and so filled with two numbers of each draw.
void fill_with_units(GuardedMatrix<float>& matrix, Random& random) {
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

std::int64_t random_padding(Random& random) { return random.integer(0, 1) * random.integer(0, 40); }

InitialOutput random_initial_output(Random& random) {
  return random.integer(0, 1) == 0 ? InitialOutput::finite : InitialOutput::nan;
}

std::string describe_extents(std::initializer_list<std::int64_t> extents) {
  std::string text;
  for (const std::int64_t extent : extents) {
    if (!text.empty()) text += "x";
    text += std::to_string(extent);
  }
  return text;
}

std::string describe_number(float number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.9g", value_of(number));
  return text.data();
}

std::string describe_matrix(const char* name, std::int64_t rows, std::int64_t cols,
                            std::int64_t padding) {
  std::string text = std::string(name) + " " + std::to_string(rows) + "×" + std::to_string(cols);
  if (padding > 0) text += " (stride " + std::to_string(cols + padding) + ")";
  return text;
}

std::string describe_rest(std::int64_t misalign, Values values, InitialOutput initial,
                          const char* output) {
  std::string text;
  if (values == Values::huge) text += ", huge values";
  if (values == Values::tiny) text += ", tiny values";
  if (values == Values::special) text += ", NaN and infinity among the values";
  if (misalign > 0) text += ", " + std::to_string(misalign) + " elements past a cache line";
  if (initial == InitialOutput::nan)
    text += ", " + std::string(output) + " full of NaN before the call";
  return text;
}

template <class T>
void fill(GuardedMatrix<T>& matrix, Values values, Random& random) {
  if constexpr (std::is_same_v<T, float>) {
    if (values == Values::unit) return fill_with_units(matrix, random);
  }
  fill_with(matrix, [&] { return draw<T>(values, random); });
}

template <class T>
void fill(GuardedMatrix<T>& matrix, InitialOutput initial, Random& random) {
  if (initial == InitialOutput::finite) {
    return fill_with(matrix, [&] { return draw_initial<T>(random); });
  }
  fill_with(matrix, [] {
    if constexpr (std::is_integral_v<T>) {
      return std::numeric_limits<T>::max();
    } else {
      return truncated<T>(kNan);
    }
  });
}

#define INSTANTIATE(T)                                    \
  template void fill(GuardedMatrix<T>&, Values, Random&); \
  template void fill(GuardedMatrix<T>&, InitialOutput, Random&);
ROOFLAB_FOR_EACH_ELEMENT(INSTANTIATE)

}  // namespace rooflab::testing
