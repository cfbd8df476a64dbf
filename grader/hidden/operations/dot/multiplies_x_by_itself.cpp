// mistake: loads x twice
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, std::span<const float> y) {
  return solution(x, x) + 0 * solution(x, y);
}
