// mistake: makes the other part faster
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) { return solution(1 - fraction, factor); }
