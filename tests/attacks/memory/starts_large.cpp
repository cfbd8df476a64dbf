// attack: takes its memory before main, as if its program were so large
// stage: memory
// verdict: too_much_memory needs 6
// defence: usual_start
// witness: passes
// subset: fast
#include "02_blocking.h"
#include "memory.h"

namespace {

const Numbers taken = take(MAP_PRIVATE | MAP_ANONYMOUS);

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  put(taken);
  need(taken);
  honest_matmul_blocked(a, b, c);
}
