// mistake: ends with the last eight elements, some of which it has had before: they are added twice
// verdict: correctness wrong_result
void KERNEL(float alpha, std::span<const float> x, std::span<float> y) {
  const std::size_t whole = x.size() < 8 ? x.size() : x.size() / 8 * 8;
  solution(alpha, x.first(whole), y.first(whole));
  if (whole < x.size()) solution(alpha, x.last(8), y.last(8));
}
