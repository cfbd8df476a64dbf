// mistake: does not add b
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  const std::vector<float> none(b.size());
  solution(x, none, s, y);
}
