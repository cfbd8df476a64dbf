// attack: gives all of its memory back before it returns
// stage: memory
// verdict: too_much_memory needs 64.0 MiB
// defence: peak
// witness: passes
// subset: fast
// elsewhere: ordinary user
#include "02_blocking.h"
#include "memory.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const Numbers taken = take(MAP_PRIVATE | MAP_ANONYMOUS);
  put(taken);
  need(taken);
  give_back(taken);
  honest_matmul_blocked(a, b, c);
}
