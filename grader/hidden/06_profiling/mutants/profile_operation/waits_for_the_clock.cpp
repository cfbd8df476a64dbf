// mistake: waits until the clock moves, however long
// verdict: correctness wrong_result
// instead of: for (std::int64_t looks = 1, steps = 0; looks < kMostLooks && steps < 10; ++looks) {
for (std::int64_t steps = 0; steps < 10;) {
