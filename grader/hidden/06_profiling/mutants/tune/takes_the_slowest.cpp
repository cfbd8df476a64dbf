// mistake: sorts the wrong way round
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  return solution(
      sizes, [&](const Configuration& c) { return -time(c); }, budget);
}
