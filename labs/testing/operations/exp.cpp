#include <rooflab/testing/operations/exp.h>

#include <cmath>
#include <limits>

namespace rooflab::testing {

Expected exact_exp(float x, float /*given*/) {
  constexpr double kOverflow = 0x1.ffffffp127;  // from here on, rounding to float gives infinity
  constexpr double kSmallestNormal = std::numeric_limits<float>::min();
  const double value = std::exp(value_of(x));
  if (value >= kOverflow) return {std::numeric_limits<double>::infinity()};
  if (!(value >= kSmallestNormal))
    return {value, 4 * kUnitRoundoff<float> * value + kSmallestFloat / 2};
  return {value, 2 * std::ldexp(2 * kUnitRoundoff<float>, std::ilogb(value))};
}

Case exp_case(Named<UnaryKernel> kernel, std::int64_t size) {
  return unary_case(kernel, exact_exp, size, 1);  // an exp is counted as one operation
}

}  // namespace rooflab::testing
