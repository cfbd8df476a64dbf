// kernel: linear
// mistake: right, but as slow as the baseline: walks down columns
// verdict: linear.speedup too_slow
#include "labs/01_baseline/baseline.cpp"
