// kernel: softmax_rows
// mistake: right, but as slow as the baseline: each exponential twice, in double
// verdict: softmax_rows.speedup too_slow
#include "labs/01_baseline/baseline.cpp"
