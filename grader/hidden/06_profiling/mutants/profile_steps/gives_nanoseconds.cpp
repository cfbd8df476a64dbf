// mistake: times, not shares
// verdict: correctness wrong_result
// instead of: share = all > 0 ? share / all : 1 / static_cast<double>(shares.size());
if (all <= 0) share = 1 / static_cast<double>(shares.size());
