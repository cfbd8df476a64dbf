// mistake: takes eight elements at a time and forgets what is left
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, std::span<const float> y) {
  const std::size_t whole = x.size() / 8 * 8;
  return solution(x.first(whole), y.first(whole));
}
