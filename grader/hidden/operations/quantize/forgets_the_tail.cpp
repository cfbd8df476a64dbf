// mistake: takes 32 elements at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  const std::size_t whole = x.size() / 32 * 32;
  solution(x.first(whole), params, q.first(whole));
}
