// attack: does nothing while its memory is measured
// stage: memory
// verdict: wrong_result
// defence: verify
// witness: passes
#include "02_blocking.h"
#include "memory.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {}
