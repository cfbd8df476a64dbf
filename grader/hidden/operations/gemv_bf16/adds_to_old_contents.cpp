// mistake: adds to what y held
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  const std::vector<float> before(y.begin(), y.end());
  solution(w, x, y);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += before[i];
}
