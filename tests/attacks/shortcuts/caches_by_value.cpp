// attack: keeps the last answer, and compares the inputs with the last ones
// stage: timing
// verdict: gains nothing
// defence: fresh
// witness: faster 4
// case: matmul_blocked/256
#include <vector>

#include "02_blocking.h"

namespace {

struct Last {
  std::vector<float> a, b, c;
};

std::vector<float> copy(A m) {
  std::vector<float> all;
  for (std::int64_t i = 0; i < m.rows; ++i) all.insert(all.end(), m.row(i), m.row(i) + m.cols);
  return all;
}

bool same(A m, const std::vector<float>& kept) {
  for (std::int64_t i = 0; i < m.rows; ++i) {
    if (!std::equal(m.row(i), m.row(i) + m.cols, kept.data() + i * m.cols)) return false;
  }
  return true;
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  static Last last;
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  if (last.c.empty() || !same(a, last.a) || !same(b, last.b)) {
    honest_matmul_blocked(a, b, c);
    last = {copy(a), copy(b), copy({c.data, c.rows, c.cols, c.stride})};
    return;
  }
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::copy_n(last.c.data() + i * c.cols, c.cols, c.row(i));
  }
}
