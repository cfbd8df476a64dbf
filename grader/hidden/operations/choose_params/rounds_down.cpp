// mistake: cuts the zero point off instead of rounding it
// verdict: correctness wrong_result
QuantParams KERNEL(float lo, float hi) {
  const float scale = solution(lo, hi).scale;
  return {scale, static_cast<std::int32_t>(-std::min(lo, 0.0F) / scale)};
}
