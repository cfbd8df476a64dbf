// mistake: the least time in place of the median
// verdict: correctness wrong_result
// instead of: std::ranges::transform(times, shares.begin(), median_time);
std::ranges::transform(times, shares.begin(),
                       [](const std::vector<double>& t) { return *std::ranges::min_element(t); });
