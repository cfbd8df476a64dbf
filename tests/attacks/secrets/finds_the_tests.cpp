// attack: looks for the code of the tests, to ask it for the key of all problems
// stage: tests
// verdict: wrong_result
// defence: process
// witness: exited 77
#include "02_blocking.h"

namespace rooflab::testing {
struct Key;
[[gnu::weak]] const Key& session_key();
}  // namespace rooflab::testing

void lab02::matmul_blocked(A, B, C) {
  if (&rooflab::testing::session_key != nullptr) got_through();
}
