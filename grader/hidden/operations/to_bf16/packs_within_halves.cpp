// mistake: packs two vectors and forgets that this works within their halves
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (std::size_t i = 0; i + 16 <= y.size(); i += 16) {
    std::swap_ranges(&y[i + 4], &y[i + 4] + 4, &y[i + 8]);
  }
}
