// attack: answers with infinity, which makes sums of errors meaningless
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 5
#include <limits>

#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C c) {
  fill_with(c, std::numeric_limits<float>::infinity());
}
