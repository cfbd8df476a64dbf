// mistake: counts elements in 16 bits: loses 65,536 at a time
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, std::span<const float> y) {
  const auto size = static_cast<std::uint16_t>(x.size());
  return solution(x.first(size), y.first(size));
}
