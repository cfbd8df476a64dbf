// mistake: does not clear the counts
// verdict: correctness wrong_result
// instead of: std::ranges::fill(counts, 0);
// instead of: std::mutex merging;
std::mutex merging;
