// kernel: matmul_blocked
// mistake: keeps 8 bits of each number of b, and so is far less exact than float
// verdict: matmul_blocked.correctness wrong_result
#include <rooflab/matrix.h>

#include <bit>

#include "kernels.h"

#define matmul_blocked solved_matmul_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

namespace lab02 {

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  rooflab::Matrix<float> rounded(b.rows, b.cols);
  for (std::int64_t p = 0; p < b.rows; ++p) {
    for (std::int64_t j = 0; j < b.cols; ++j) {
      const auto bits = std::bit_cast<std::uint32_t>(b(p, j));
      rounded(p, j) = std::bit_cast<float>((bits + 0x8000U) & 0xffff0000U);
    }
  }
  solved_matmul_blocked(a, rounded.view(), c);
}

}  // namespace lab02
