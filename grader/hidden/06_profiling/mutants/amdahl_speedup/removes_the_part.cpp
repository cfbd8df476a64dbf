// mistake: takes any factor for infinite
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) {
  return solution(fraction, factor > 1 ? std::numeric_limits<double>::infinity() : factor);
}
