// attack: makes the compiler take gigabytes
// stage: build
// verdict: build_failed memory
// defence: confine
// witness: passes
#include <utility>

#include "02_blocking.h"

template <std::size_t... I>
constexpr std::size_t count(std::index_sequence<I...>) {
  return sizeof...(I);
}
static_assert(count(std::make_index_sequence<1'800'000>()) != 0);

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
