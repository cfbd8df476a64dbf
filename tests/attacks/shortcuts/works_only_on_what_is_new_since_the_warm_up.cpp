// attack: keeps the warm-up's problem and answer, and works only on the rows that are new since
// stage: timing
// verdict: gains nothing
// defence: fresh
// witness: faster 4
#include <vector>

#include "02_blocking.h"

namespace {

std::vector<float> copy(A m) {
  std::vector<float> all;
  for (std::int64_t i = 0; i < m.rows; ++i) all.insert(all.end(), m.row(i), m.row(i) + m.cols);
  return all;
}

bool same_row(A m, std::int64_t i, const std::vector<float>& kept) {
  return std::equal(m.row(i), m.row(i) + m.cols, kept.data() + i * m.cols);
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  static std::vector<float> old_a, old_b, old_c;
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  bool same_b = !old_c.empty();
  for (std::int64_t p = 0; p < b.rows && same_b; ++p) same_b = same_row(b, p, old_b);
  if (!same_b) {
    honest_matmul_blocked(a, b, c);
    if (old_c.empty()) {
      old_a = copy(a);
      old_b = copy(b);
      old_c = copy({c.data, c.rows, c.cols, c.stride});
    }
    return;
  }
  for (std::int64_t i = 0; i < c.rows; ++i) {
    if (same_row(a, i, old_a)) {
      std::copy_n(old_c.data() + i * c.cols, c.cols, c.row(i));
    } else {
      honest_matmul_blocked({a.row(i), 1, a.cols, a.stride}, b, {c.row(i), 1, c.cols, c.stride});
    }
  }
}
