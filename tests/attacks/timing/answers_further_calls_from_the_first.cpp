// attack: does the work in the first call of a worker and repeats the answer in all others
// stage: timing
// verdict: wrong_result
// defence: fresh
// witness: faster 5
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static std::vector<float> answer;
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  if (answer.empty()) {
    honest_matmul_blocked(a, b, c);
    for (std::int64_t i = 0; i < c.rows; ++i) {
      answer.insert(answer.end(), c.row(i), c.row(i) + c.cols);
    }
  }
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::copy_n(answer.data() + i * c.cols, c.cols, c.row(i));
  }
}
