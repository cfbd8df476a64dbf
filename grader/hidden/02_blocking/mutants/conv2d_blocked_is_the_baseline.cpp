// kernel: conv2d_blocked
// mistake: right, but as slow as the baseline: a question for each pixel
// verdict: conv2d_blocked.speedup too_slow
#include "labs/02_blocking/baseline.cpp"
