// mistake: loads the last vector whole, past the end, and uses only what it may
// verdict: correctness crashed
#include <rooflab/simd.h>

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  const std::size_t cols = x.rows > 0 ? static_cast<std::size_t>(x.cols) : 0;
  const float* last = cols > 0 ? x.row(x.rows - 1) : nullptr;
  float rest[8] = {};
  for (std::size_t i = cols / 8 * 8; i < cols; i += 8) {
    _mm256_storeu_ps(rest, _mm256_loadu_ps(last + i));
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  solution(x, y);
}
