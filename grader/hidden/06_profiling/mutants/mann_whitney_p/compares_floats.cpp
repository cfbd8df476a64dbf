// mistake: values that differ in the last digits of a double become equal
// verdict: correctness wrong_result
double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  std::vector<double> floats(x.begin(), x.end());
  floats.insert(floats.end(), y.begin(), y.end());
  for (double& value : floats) value = static_cast<double>(static_cast<float>(value));
  const std::span<const double> both = floats;
  return solution(both.first(x.size()), both.subspan(x.size()));
}
