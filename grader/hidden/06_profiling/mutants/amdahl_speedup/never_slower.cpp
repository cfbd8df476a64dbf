// mistake: a factor below 1 cannot be
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) {
  return std::max(1.0, solution(fraction, factor));
}
