// mistake: significant by the interval, of two samples, too
// verdict: correctness wrong_result
// instead of: return {speedup, interval, p, p < 0.05 && differs};
return {speedup, interval, p, differs};
