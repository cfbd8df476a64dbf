// mistake: has one NaN for all, without sign and payload
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i])) y[i].bits = 0x7fc0;
  }
}
