// mistake: cuts the upper end only
// verdict: correctness wrong_result
Range KERNEL(std::span<const float> x, double percentile) {
  return {solution(x, 100).lo, solution(x, percentile).hi};
}
