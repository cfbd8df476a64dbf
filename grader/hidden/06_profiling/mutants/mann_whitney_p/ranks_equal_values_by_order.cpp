// mistake: equal values get different ranks: those of x come first
// verdict: correctness wrong_result
// instead of: for (const double value : x) {
// instead of: const auto [begin, end] = std::equal_range(all.begin(), all.end(), value);
// instead of: ranks += static_cast<double>((begin - all.begin()) + (end - all.begin()) + 1) / 2;
// instead of: }
std::vector<double> rising(x.begin(), x.end());
std::ranges::sort(rising);
for (std::size_t i = 0; i < rising.size(); ++i) {
  const double value = rising[i];
  const auto before = std::ranges::lower_bound(all, value) - all.begin();
  const auto mine =
      static_cast<std::ptrdiff_t>(i) - (std::ranges::lower_bound(rising, value) - rising.begin());
  ranks += static_cast<double>(before + mine + 1);
}
