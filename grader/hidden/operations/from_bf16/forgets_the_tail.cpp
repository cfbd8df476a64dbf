// mistake: takes eight elements at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(std::span<const Bf16> x, std::span<float> y) {
  const std::size_t whole = x.size() / 8 * 8;
  solution(x.first(whole), y.first(whole));
}
