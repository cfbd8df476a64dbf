// mistake: each step alone, again and again
// verdict: correctness wrong_result
void profile_steps(std::span<const std::function<void()>> steps, const Clock& clock, int rounds,
                   std::span<double> shares) {
  double all = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    std::vector<double> times;
    for (int round = 0; round <= rounds; ++round) {
      const std::int64_t begin = clock();
      steps[i]();
      if (round > 0) times.push_back(static_cast<double>(clock() - begin));
    }
    all += shares[i] = median_time(times);
  }
  for (double& share : shares) {
    share = all > 0 ? share / all : 1 / static_cast<double>(shares.size());
  }
}
