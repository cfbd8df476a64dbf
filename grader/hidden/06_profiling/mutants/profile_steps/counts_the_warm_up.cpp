// mistake: the round that warms up counts
// verdict: correctness wrong_result
// instead of: if (round > 0) times[i].push_back(static_cast<double>(took));
times[i].push_back(static_cast<double>(took));
