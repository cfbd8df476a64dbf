// attack: keeps 8 bits of each number, which an accelerator would multiply faster
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include <bit>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  rooflab::Matrix<float> rounded(b.rows, b.cols);
  for (std::int64_t p = 0; p < b.rows; ++p) {
    for (std::int64_t j = 0; j < b.cols; ++j) {
      const auto bits = std::bit_cast<std::uint32_t>(b(p, j)) + 0x8000U;
      rounded(p, j) = std::bit_cast<float>(bits & 0xffff0000U);
    }
  }
  honest_matmul_blocked(a, {rounded.view().data, b.rows, b.cols, rounded.view().stride}, c);
}
