// attack: does no work, but as many instructions and loads as the work takes
// stage: misses
// verdict: wrong_result
// defence: verify
// witness: fewer 5
#include "attack.h"

void lab02::matmul_blocked(A a, B /*b*/, C c) { look_busy(a, c); }
