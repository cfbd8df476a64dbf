// mistake: the middle between the two best, which nobody has measured
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  Configuration best = solution(sizes, time, budget);
  for (std::size_t a = 0; a < sizes.size(); ++a) {
    best[a] = (best[a] + (best[a] + 2) % sizes[a]) / 2;
  }
  return best;
}
