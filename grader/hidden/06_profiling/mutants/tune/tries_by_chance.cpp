// mistake: looks around by chance alone
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  std::int64_t count = 1;
  for (const std::int64_t size : sizes) count *= size;
  if (count <= budget) return solution(sizes, time, budget);
  Trials trials(time, budget);
  RandomBits bits(1);
  while (trials.left() > budget / 3) trials.measure(anywhere(sizes, bits));
  return race(trials);
}
