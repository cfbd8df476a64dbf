// mistake: gives 0 where no time is left
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) {
  const double left = 1 - fraction + fraction / factor;
  return left > 0 ? 1 / left : 0;
}
