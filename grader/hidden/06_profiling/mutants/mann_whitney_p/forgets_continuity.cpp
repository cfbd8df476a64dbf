// mistake: the normal approximation without the half
// verdict: correctness wrong_result
// instead of: const double z = (m * n / 2 - lower - 0.5) / std::sqrt(variance);
const double z = (m * n / 2 - lower) / std::sqrt(variance);
