// attack: asks the simulator to run the work on the real processor, where nothing is counted
// stage: misses
// verdict: implausible simulator
// defence: scan, floor
// witness: fewer 2
#include <valgrind/valgrind.h>

#include "attack.h"

namespace {

struct Call {
  A a;
  B b;
  C c;
};

unsigned long work(unsigned long /*thread*/, Call* call) {
  lab02::matmul_reordered(call->a, call->b, call->c);  // without malloc, which has no thread there
  return 0;
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  Call call{a, b, c};
  VALGRIND_NON_SIMD_CALL1(work, &call);
}
