// mistake: keeps the counts of the thread that ends last
// verdict: correctness wrong_result
void KERNEL(std::span<const std::uint8_t> x, std::span<std::int32_t> counts, int threads) {
  const auto parts = static_cast<std::size_t>(threads);
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t begin = x.size() * t / parts;
    solution(x.subspan(begin, x.size() * (t + 1) / parts - begin), counts, 1);
  }
}
