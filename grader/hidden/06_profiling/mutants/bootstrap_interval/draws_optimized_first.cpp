// mistake: draws from optimized before it draws from baseline
// verdict: correctness wrong_result
// instead of: const double before = median_of_draws(baseline, bits, drawn);
// instead of: const double after = median_of_draws(optimized, bits, drawn);
const double after = median_of_draws(optimized, bits, drawn);
const double before = median_of_draws(baseline, bits, drawn);
