// attack: has a loop full of vector instructions that it jumps over
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: not_vectorized 0%
// defence: executed, fewer
// witness: passes
// subset: fast
#include "vectors.h"

void lab01::relu(X x, Y y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    asm volatile("jmp 1f\n .rept 40\n vmaxps %%ymm0, %%ymm1, %%ymm2\n .endr\n 1:" : : : "memory");
    y[i] = clipped(x[i]);
  }
}
