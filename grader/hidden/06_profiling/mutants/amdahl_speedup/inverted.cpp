// mistake: gives the new time, not the speedup
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) { return 1 / solution(fraction, factor); }
