// attack: none: plainly wrong
// stage: tests
// verdict: wrong_result c is wrong
// subset: fast
#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C c) { fill_with(c, 1); }
