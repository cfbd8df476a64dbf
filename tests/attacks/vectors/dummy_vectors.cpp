// attack: does the work on single numbers, and on vectors nothing but busywork around it
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: not_vectorized times fewer
// defence: fewer
// witness: passes
// subset: fast
// elsewhere: ordinary user
#include "vectors.h"

void lab01::relu(X x, Y y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    y[i] = clipped(x[i]);
    asm volatile(".rept 40\n vmaxps %%ymm0, %%ymm1, %%ymm2\n .endr" : : : "xmm2");
  }
}
