// mistake: takes an element where the percentile lies between two
// verdict: correctness wrong_result
#include <vector>

Range KERNEL(std::span<const float> x, double percentile) {
  if (x.empty()) return {0, 0};
  std::vector<float> sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double p) {
    return sorted[static_cast<std::size_t>(
        std::nearbyint(p / 100 * static_cast<double>(sorted.size() - 1)))];
  };
  return {at(100 - percentile), at(percentile)};
}
