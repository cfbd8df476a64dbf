// mistake: NaN becomes 0, which stands for something else
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  solution(x, params, q);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i])) q[i] = 0;
  }
}
