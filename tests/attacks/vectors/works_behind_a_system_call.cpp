// attack: makes a system call, in the hope that nobody looks on behind it
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: not_vectorized sched_yield
// defence: whole_call
// witness: passes
#include "vectors.h"

void lab01::relu(X x, Y y) {
  asm volatile(".rept 20\n vmaxps %%ymm0, %%ymm1, %%ymm2\n .endr" : : : "xmm2");
  syscall(SYS_sched_yield);
  relu_from(0, x, y);
}
