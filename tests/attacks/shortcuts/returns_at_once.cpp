// attack: returns at once, and hopes that the output still holds an answer
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 5
// elsewhere: ordinary user
// subset: fast
#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {}
