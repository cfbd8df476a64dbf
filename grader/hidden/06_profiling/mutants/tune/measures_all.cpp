// mistake: measures everything, whatever the budget
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  std::int64_t count = 1;
  for (const std::int64_t size : sizes) count *= size;
  return solution(sizes, time, static_cast<int>(std::max<std::int64_t>(count, budget)));
}
