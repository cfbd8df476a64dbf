// mistake: the ratio of the least times, each of one lucky moment
// verdict: correctness wrong_result
// instead of: const double speedup = summarize(baseline).median / summarize(optimized).median;
const double speedup = summarize(baseline).least / summarize(optimized).least;
