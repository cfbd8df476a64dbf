// mistake: divides 0 by 0 for one sample: NaN
// verdict: correctness wrong_result
// instead of: const double deviation = std::sqrt(squares / std::max(n - 1, 1.0));
const double deviation = std::sqrt(squares / (n - 1));
