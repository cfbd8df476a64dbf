// mistake: both resamples have as many elements as baseline
// verdict: correctness wrong_result
// instead of: const double after = median_of_draws(optimized, bits, drawn);
drawn.resize(baseline.size());
for (double& value : drawn) {
  value = optimized[static_cast<std::size_t>(bits.below(std::ssize(optimized)))];
}
std::ranges::sort(drawn);
const double after = quantile(drawn, 0.5);
