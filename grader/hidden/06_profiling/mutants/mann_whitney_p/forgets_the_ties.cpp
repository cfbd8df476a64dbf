// mistake: the variance without what ties take from it
// verdict: correctness wrong_result
// instead of: const double variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
const double variance = m * n / 12 * (m + n + 1);
