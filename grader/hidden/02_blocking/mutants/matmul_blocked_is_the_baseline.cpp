// kernel: matmul_blocked
// mistake: right, but as slow as the baseline: i, j, k without tiles
// verdict: matmul_blocked.speedup too_slow
#include "labs/02_blocking/baseline.cpp"
