// mistake: significant if p or the interval says so
// verdict: correctness wrong_result
// instead of: return {speedup, interval, p, p < 0.05 && differs};
return {speedup, interval, p, p < 0.05 || differs};
