// mistake: reads the first of no elements
// verdict: correctness wrong_result
Range KERNEL(std::span<const float> x, double percentile) {
  if (x.empty()) return {std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};
  return solution(x, percentile);
}
