// kernel: matmul_reordered
// mistake: rounds the address of b down to a multiple of 16 bytes
// verdict: matmul_reordered.hidden_correctness wrong_result
#include "kernels.h"

#define matmul_reordered solved_matmul_reordered
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_reordered

namespace lab02 {

void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const auto address = reinterpret_cast<std::uintptr_t>(b.data);
  b.data -= address / sizeof(float) % 4;
  solved_matmul_reordered(a, b, c);
}

}  // namespace lab02
