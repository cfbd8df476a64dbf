// attack: answers with zeros, which random inputs often come close to
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 5
#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C c) { fill_with(c, 0); }
