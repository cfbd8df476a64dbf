// mistake: one-sided: how often x is as far above y, but not as far below
// verdict: correctness wrong_result
double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  const double p = solution(x, y);
  return p < 1 ? p / 2 : 1;
}
