// mistake: the median of samples that are not sorted
// verdict: correctness wrong_result
// instead of: const double median = quantile(sorted, 0.5);
const double median = quantile(samples, 0.5);
