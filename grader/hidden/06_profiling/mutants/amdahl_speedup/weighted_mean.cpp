// mistake: the mean of the speedups, where times must be added
// verdict: correctness wrong_result
double amdahl_speedup(double fraction, double factor) { return 1 - fraction + fraction * factor; }
