// mistake: starts one thread less than it should
// verdict: correctness wrong_result
// instead of: for (int t = 0; t < threads; ++t) {
for (int t = 0; t < std::max(1, threads - 1); ++t) {
