// mistake: divides by the longest step
// verdict: correctness wrong_result
// instead of: const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
const double all = shares.empty() ? 0 : *std::max_element(shares.begin(), shares.end());
