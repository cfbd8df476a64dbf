// attack: keeps the last answer, and compares a handful of the inputs' elements only
// stage: timing
// verdict: gains nothing
// defence: fresh
// witness: faster 4
// case: matmul_blocked/256
#include <array>
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static std::array<float, 4> key;
  static std::vector<float> answer;
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  const std::array<float, 4> now{a(0, 0), a(a.rows - 1, a.cols - 1), b(0, 0), b(1, 1)};
  if (answer.empty() || now != key) {
    honest_matmul_blocked(a, b, c);
    key = now;
    answer.clear();
    for (std::int64_t i = 0; i < c.rows; ++i) {
      answer.insert(answer.end(), c.row(i), c.row(i) + c.cols);
    }
    return;
  }
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::copy_n(answer.data() + i * c.cols, c.cols, c.row(i));
  }
}
