// attack: keeps the compiler busy
// stage: build
// verdict: build_failed did not finish
// defence: compile_limits
// witness: passes
#include <utility>

#include "02_blocking.h"

constexpr std::int64_t wasted(std::int64_t steps) {
  std::int64_t sum = 0;
  for (std::int64_t i = 0; i < steps; ++i) sum += i % 7;
  return sum;
}
template <int... I>
constexpr std::int64_t wasted_often(std::integer_sequence<int, I...>) {
  return (std::integral_constant<std::int64_t, wasted(260'000 - I)>::value + ...);
}
static_assert(wasted_often(std::make_integer_sequence<int, 50>()) != 0);

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
