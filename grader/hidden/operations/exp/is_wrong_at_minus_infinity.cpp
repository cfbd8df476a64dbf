// mistake: gives NaN for −inf, from −inf − (−inf) in the reduction
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  solution(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isinf(x[i])) y[i] = std::numeric_limits<float>::quiet_NaN();
  }
}
