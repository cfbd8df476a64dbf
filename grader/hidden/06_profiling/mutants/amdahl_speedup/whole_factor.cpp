// mistake: cuts the factor to a whole number
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) {
  return solution(fraction, factor > 1 ? std::floor(factor) : factor);
}
