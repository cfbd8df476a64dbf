// mistake: clears y first, which is x when called in place
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  std::fill(y.begin(), y.end(), 0.0F);
  solution(x, y);
}
