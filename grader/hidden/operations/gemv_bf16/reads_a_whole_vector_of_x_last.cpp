// mistake: loads all eight numbers of the last vector of x
// verdict: correctness crashed
#include <rooflab/simd.h>

#include <vector>

void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  std::vector<float> all(x.size() + 8);
  for (std::size_t j = 0; j < x.size(); j += 8) {
    _mm256_storeu_ps(&all[j], _mm256_loadu_ps(x.data() + j));
  }
  solution(w, std::span<const float>(all).first(x.size()), y);
}
