// kernel: matmul
// mistake: right, but as slow as the baseline: walks down columns
// verdict: matmul.speedup too_slow
#include "labs/01_baseline/baseline.cpp"
