// mistake: takes sixteen elements at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  const std::size_t whole = x.size() / 16 * 16;
  solution(x.first(whole), y.first(whole));
}
