// attack: none: has the processor take numbers near zero for zero, which is not what sums may do
// stage: tests
// verdict: wrong_result
#include <xmmintrin.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  _mm_setcsr(_mm_getcsr() | 0x8040U);
  honest_matmul_blocked(a, b, c);
}
