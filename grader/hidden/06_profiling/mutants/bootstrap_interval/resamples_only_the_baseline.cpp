// mistake: takes the median of optimized as it is
// verdict: correctness wrong_result
// instead of: const double after = median_of_draws(optimized, bits, drawn);
std::vector<double> rising(optimized.begin(), optimized.end());
std::ranges::sort(rising);
const double after = quantile(rising, 0.5);
