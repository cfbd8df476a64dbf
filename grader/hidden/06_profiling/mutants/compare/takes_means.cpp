// mistake: the ratio of the means, which an outlier moves
// verdict: correctness wrong_result
// instead of: const double speedup = summarize(baseline).median / summarize(optimized).median;
const double speedup = summarize(baseline).mean / summarize(optimized).mean;
