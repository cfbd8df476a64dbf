// mistake: draws the same places from both, as if the samples were pairs
// verdict: correctness wrong_result
// instead of: const double before = median_of_draws(baseline, bits, drawn);
// instead of: const double after = median_of_draws(optimized, bits, drawn);
RandomBits same = bits;
const double before = median_of_draws(baseline, bits, drawn);
const double after = median_of_draws(optimized, same, drawn);
