// mistake: divides the range by 256: its upper end does not fit
// verdict: correctness wrong_result
QuantParams KERNEL(float lo, float hi) {
  const auto [scale, zero_point] = solution(lo, hi);
  return {scale * 255 / 256, zero_point};
}
