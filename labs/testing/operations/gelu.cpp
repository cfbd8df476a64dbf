#include <rooflab/testing/operations/gelu.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace rooflab::testing {

Expected exact_gelu(double x, double roundings, float given) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (x == -kInfinity && !std::isnan(given)) return {0, 0};
  const double t = 2 * std::numbers::sqrt2 * std::numbers::inv_sqrtpi * (x + 0.044715 * x * x * x);
  const double e = std::exp(-std::abs(t));
  const double rest = (t < 0 ? 1 : e) / (1 + e);  // 1 − σ(t), without cancellation
  const double value = x * (t < 0 ? e : 1) / (1 + e);
  const double amplified = rest * std::abs(t);
  const double relative = 7 * amplified + 4 * rest + 4 + roundings * (1 + 3 * amplified);
  return {value, kUnitRoundoff<float> * relative * std::abs(value) +
                     std::min(std::abs(x), 16.0) * 0x1p-128 + kSmallestFloat};
}

Expected exact_gelu(float x, float given) { return exact_gelu(value_of(x), 0, given); }

Case gelu_case(Named<UnaryKernel> kernel, std::int64_t size) {
  // x², two products, a sum, the factor; an exp, counted as one; a sum and a quotient
  return unary_case(kernel, exact_gelu, size, 8);
}

}  // namespace rooflab::testing
