// mistake: an interval that is too narrow
// verdict: correctness wrong_result
// instead of: const Interval interval = bootstrap_interval(baseline, optimized, 0.95, 2000, bits);
const Interval interval = bootstrap_interval(baseline, optimized, 0.9, 2000, bits);
