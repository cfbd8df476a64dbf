// mistake: divides infinity by infinity
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) {
  return factor / (factor * (1 - fraction) + fraction);
}
