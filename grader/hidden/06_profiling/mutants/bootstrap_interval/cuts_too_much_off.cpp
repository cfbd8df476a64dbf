// mistake: cuts 1 - confidence off each end, twice as much as it may
// verdict: correctness wrong_result
// instead of: const double tail = (1 - confidence) / 2;
const double tail = std::min(0.5, 1 - confidence);
