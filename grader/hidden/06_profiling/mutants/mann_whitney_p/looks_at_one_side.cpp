// mistake: U is not folded: small where y is greater, but 1 where x is
// verdict: correctness wrong_result
// instead of: const double lower = std::min(u, m * n - u);
const double lower = u;
