// mistake: gives the axes in the opposite order
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  Configuration best = solution(sizes, time, budget);
  std::ranges::reverse(best);
  return best;
}
