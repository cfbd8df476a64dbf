// mistake: shuffles: each resample has the same elements, and the interval no width
// verdict: correctness wrong_result
// instead of: for (double& value : drawn) {
// instead of: value = samples[static_cast<std::size_t>(bits.below(std::ssize(samples)))];
// instead of: }
std::ranges::copy(samples, drawn.begin());
for (std::size_t i = drawn.size(); i > 1; --i) {
  const std::int64_t j = bits.below(static_cast<std::int64_t>(i));
  std::swap(drawn[i - 1], drawn[static_cast<std::size_t>(j)]);
}
