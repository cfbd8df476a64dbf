// mistake: a disturbed round changes the mean
// verdict: correctness wrong_result
// instead of: std::ranges::transform(times, shares.begin(), median_time);
std::ranges::transform(times, shares.begin(), [](const std::vector<double>& t) {
  return std::accumulate(t.begin(), t.end(), 0.0) / static_cast<double>(t.size());
});
