// mistake: each resample begins with the same bits
// verdict: correctness wrong_result
// instead of: const double before = median_of_draws(baseline, bits, drawn);
// instead of: const double after = median_of_draws(optimized, bits, drawn);
RandomBits again = bits;
const double before = median_of_draws(baseline, again, drawn);
const double after = median_of_draws(optimized, again, drawn);
