// mistake: takes quantiles of ratios in the order in which they came
// verdict: correctness wrong_result
// instead of: std::ranges::sort(ratios);
// instead of: const double tail = (1 - confidence) / 2;
const double tail = (1 - confidence) / 2;
