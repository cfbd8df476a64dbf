// mistake: the median of an even number is the upper of the middle two
// verdict: correctness wrong_result
// instead of: const double median = quantile(sorted, 0.5);
const double median = sorted[sorted.size() / 2];
