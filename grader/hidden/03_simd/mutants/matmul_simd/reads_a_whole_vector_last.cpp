// mistake: loads the last vector whole, past the end, and uses only what it may
// verdict: correctness crashed
#include <rooflab/simd.h>

void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const std::size_t cols = b.rows > 0 ? static_cast<std::size_t>(b.cols) : 0;
  const float* last = cols > 0 ? b.row(b.rows - 1) : nullptr;
  float rest[8] = {};
  for (std::size_t i = cols / 8 * 8; i < cols; i += 8) {
    _mm256_storeu_ps(rest, _mm256_loadu_ps(last + i));
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  solution(a, b, c);
}
