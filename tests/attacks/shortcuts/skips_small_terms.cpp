// attack: leaves out the rows of b that matter little
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include <cmath>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  fill_with(c, 0);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const float factor = a(i, p);
      if (std::abs(factor) < 0.51F) continue;
      for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) += factor * b(p, j);
    }
  }
}
