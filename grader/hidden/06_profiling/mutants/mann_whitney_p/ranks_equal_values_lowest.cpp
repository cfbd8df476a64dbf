// mistake: equal values all get the lowest of their ranks, not the mean
// verdict: correctness wrong_result
// instead of: const auto [begin, end] = std::equal_range(all.begin(), all.end(), value);
// instead of: ranks += static_cast<double>((begin - all.begin()) + (end - all.begin()) + 1) / 2;
const auto begin = std::ranges::lower_bound(all, value);
ranks += static_cast<double>(begin - all.begin() + 1);
