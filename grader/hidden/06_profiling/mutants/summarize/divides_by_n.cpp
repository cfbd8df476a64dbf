// mistake: the deviation of a population, not of a sample
// verdict: correctness wrong_result
// instead of: const double deviation = std::sqrt(squares / std::max(n - 1, 1.0));
const double deviation = std::sqrt(squares / n);
