// mistake: starts eight threads at least
// verdict: correctness wrong_result
// instead of: for (int t = 0; t < threads; ++t) {
for (int t = 0; t < std::max(8, threads); ++t) {
