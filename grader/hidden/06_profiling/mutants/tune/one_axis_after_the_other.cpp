// mistake: finds the best on each axis in turn, from the first values on
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  std::int64_t count = 1;
  for (const std::int64_t size : sizes) count *= size;
  if (count <= budget) return solution(sizes, time, budget);
  Trials trials(time, budget);
  Configuration best(sizes.size());
  trials.measure(best);
  for (bool better = true; better;) {
    better = false;
    for (std::size_t a = 0; a < sizes.size(); ++a) {
      Configuration other = best;
      for (other[a] = 0; other[a] < sizes[a]; ++other[a]) {
        trials.measure(other);
        if (!trials.knows(other) || trials.seconds(other) >= trials.seconds(best)) continue;
        best = other;
        better = true;
      }
    }
  }
  return best;
}
