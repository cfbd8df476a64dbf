// attack: adds up all terms but eight of 262,149: any bound for so many would let that pass
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include "03_simd.h"

float lab03::dot(X x, X y) {
  const std::size_t size = x.size() > 200'000 ? x.size() - 8 : x.size();
  return honest_dot(x.first(size), y.first(size));
}
