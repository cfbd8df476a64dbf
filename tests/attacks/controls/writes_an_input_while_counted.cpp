// attack: none; it rearranges an input in place, and the emulator says so
// stage: misses
// verdict: input_modified
#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const_cast<volatile float&>(*b.data) = 0;
  honest_matmul_blocked(a, b, c);
}
