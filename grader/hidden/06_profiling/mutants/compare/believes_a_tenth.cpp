// mistake: the limit of p is 0.1
// verdict: correctness wrong_result
// instead of: return {speedup, interval, p, p < 0.05 && differs};
return {speedup, interval, p, p <= 0.1 + 1e-9 && differs};
