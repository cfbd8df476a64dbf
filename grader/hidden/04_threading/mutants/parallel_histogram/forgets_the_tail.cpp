// mistake: counts whole groups of four only
// verdict: correctness wrong_result
void KERNEL(std::span<const std::uint8_t> x, std::span<std::int32_t> counts, int threads) {
  solution(x.first(x.size() / 4 * 4), counts, threads);
}
