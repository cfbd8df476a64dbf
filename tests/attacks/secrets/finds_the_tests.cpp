// attack: looks for the code of the tests, to ask it for the right answer
// stage: tests
// verdict: wrong_result
// defence: process
// witness: exited 77
#include "02_blocking.h"

namespace rooflab::testing {
struct Expected;
[[gnu::weak]] bool accepts(const Expected&, double);
}  // namespace rooflab::testing

void lab02::matmul_blocked(A, B, C) {
  if (&rooflab::testing::accepts != nullptr) got_through();
}
