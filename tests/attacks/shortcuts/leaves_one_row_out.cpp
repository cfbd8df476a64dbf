// attack: computes all rows but one, which a sample may miss
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  honest_matmul_blocked({a.data, a.rows - 1, a.cols, a.stride}, b,
                        {c.data, c.rows - 1, c.cols, c.stride});
  std::fill_n(c.row(c.rows - 1), c.cols, 0.0F);
}
