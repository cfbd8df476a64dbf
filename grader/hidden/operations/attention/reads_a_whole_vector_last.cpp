// mistake: loads the last vector of k whole, past the end, and uses only what it may
// verdict: correctness crashed
#include <rooflab/simd.h>

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  if (k.rows > 0 && k.cols % 8 != 0) {
    float rest[8] = {};
    _mm256_storeu_ps(rest, _mm256_loadu_ps(k.row(k.rows - 1) + k.cols / 8 * 8));
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  solution(q, k, v, lengths, scale, out, scratch);
}
