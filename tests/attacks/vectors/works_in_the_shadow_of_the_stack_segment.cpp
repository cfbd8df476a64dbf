// attack: works on single numbers where no single step stops: behind loads of the stack segment
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: not_vectorized mov ss
// defence: whole_call, fewer
// witness: passes
#include "vectors.h"

void lab01::relu(X x, Y y) {
  asm volatile(".rept 20\n vmaxps %%ymm0, %%ymm1, %%ymm2\n .endr" : : : "xmm2");
  const float zero = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    asm volatile("mov %%ss, %%eax\n mov %%eax, %%ss\n vmaxss %2, %1, %0"
                 : "=x"(y[i])
                 : "x"(zero), "m"(x[i])
                 : "eax");
  }
}
