// mistake: of an even number of rounds, the upper of the middle two
// verdict: correctness wrong_result
// instead of: std::ranges::transform(times, shares.begin(), median_time);
std::ranges::transform(times, shares.begin(), [](std::vector<double> t) {
  std::ranges::sort(t);
  return t[t.size() / 2];
});
