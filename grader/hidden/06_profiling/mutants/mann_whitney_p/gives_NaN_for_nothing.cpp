// mistake: divides 0 by 0 where there is no sample
// verdict: correctness wrong_result
double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  if (x.empty() || y.empty()) return std::numeric_limits<double>::quiet_NaN();
  return solution(x, y);
}
