// mistake: measures in turn until the budget ends, and takes the least time ever seen
// verdict: correctness wrong_result
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  Configuration c(sizes.size()), best = c;
  double least = std::numeric_limits<double>::infinity();
  for (; budget > 0; --budget) {
    if (const double seconds = time(c); seconds < least) {
      least = seconds;
      best = c;
    }
    next(c, sizes);
  }
  return best;
}
