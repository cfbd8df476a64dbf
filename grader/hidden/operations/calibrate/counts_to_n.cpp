// mistake: the position of the p-th percentile is p/100 · n
// verdict: correctness wrong_result
#include <vector>

Range KERNEL(std::span<const float> x, double percentile) {
  if (x.size() < 2) return solution(x, percentile);
  std::vector<float> sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double p) {
    const double position = std::min(p / 100 * static_cast<double>(sorted.size()),
                                     static_cast<double>(sorted.size() - 1));
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + static_cast<float>(position - static_cast<double>(below)) *
                               (sorted[above] - sorted[below]);
  };
  return {at(100 - percentile), at(percentile)};
}
