// mistake: optimized / baseline
// verdict: correctness wrong_result
// instead of: const double speedup = summarize(baseline).median / summarize(optimized).median;
const double speedup = summarize(optimized).median / summarize(baseline).median;
