// attack: does nothing while its cache misses are counted
// stage: misses
// verdict: wrong_result
// defence: verify
// witness: fewer 5
// subset: fast
#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {}
