// kernel: conv2d
// mistake: right, but as slow as the baseline: a question for each pixel
// verdict: conv2d.speedup too_slow
#include "labs/01_baseline/baseline.cpp"
