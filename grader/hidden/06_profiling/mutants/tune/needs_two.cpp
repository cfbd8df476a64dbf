// mistake: measures two configurations at least
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  if (budget > 1) return solution(sizes, time, budget);
  const Configuration first(sizes.size());
  Configuration last;
  for (const std::int64_t size : sizes) last.push_back(size - 1);
  return time(first) < time(last) ? first : last;
}
