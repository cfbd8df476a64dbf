// mistake: one round is missing: the first one counts
// verdict: correctness wrong_result
// instead of: for (int round = 0; round <= rounds; ++round) {
for (int round = 1; round <= rounds; ++round) {
