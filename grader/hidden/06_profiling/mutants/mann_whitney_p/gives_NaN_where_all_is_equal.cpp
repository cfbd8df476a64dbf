// mistake: divides 0 by a variance of 0
// verdict: correctness wrong_result
double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  const auto differs = [&](double value) { return value != x[0]; };
  const bool same = std::ranges::none_of(x, differs) && std::ranges::none_of(y, differs);
  if (!x.empty() && !y.empty() && same) return std::numeric_limits<double>::quiet_NaN();
  return solution(x, y);
}
