// idea: the same arithmetic one float at a time, without a call: no vectors yet
// earns: 0-2 of exp.speedup
// earns: 0 of exp.vector
inline float expf_plain(float x) {
  x = x > 89 ? 89 : x < -104 ? -104 : x;
  const float magic = 12582912.0F;  // 1.5·2²³: adding it rounds to a whole number
  const float n = (x * 1.44269504F + magic) - magic;
  float r = x - n * 0.693359375F;
  r -= n * -2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1;
  const auto whole = static_cast<std::int32_t>(n);
  const std::int32_t half = whole >> 1;
  return p * std::bit_cast<float>((half + 127) << 23) *
         std::bit_cast<float>((whole - half + 127) << 23);
}

void exp(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = expf_plain(x[i]);
}
