// attack: answers with NaN, which compares with nothing
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 5
// elsewhere: ordinary user
// subset: fast
#include <limits>

#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C c) {
  fill_with(c, std::numeric_limits<float>::quiet_NaN());
}
