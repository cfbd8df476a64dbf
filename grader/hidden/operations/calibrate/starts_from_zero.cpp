// mistake: the least and the greatest begin at 0: a range above 0 is widened
// verdict: correctness wrong_result
Range KERNEL(std::span<const float> x, double percentile) {
  const auto [lo, hi] = solution(x, percentile);
  return {std::min(lo, 0.0F), std::max(hi, 0.0F)};
}
