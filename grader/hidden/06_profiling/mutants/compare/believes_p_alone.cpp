// mistake: significant by p, whatever the interval holds
// verdict: correctness wrong_result
// instead of: return {speedup, interval, p, p < 0.05 && differs};
(void)differs;
return {speedup, interval, p, p < 0.05};
