// kernel: transpose_blocked
// mistake: right, but as slow as the baseline: no tiles
// verdict: transpose_blocked.speedup too_slow
#include "labs/02_blocking/baseline.cpp"
