// mistake: does not widen the range: 0 is not stored exactly
// verdict: correctness wrong_result
QuantParams KERNEL(float lo, float hi) {
  const float scale = lo < hi ? (hi - lo) / 255 : 1;
  const float zero_point = std::clamp(std::nearbyint(-lo / scale), 0.0F, 255.0F);
  return {scale, static_cast<std::int32_t>(zero_point)};
}
