// mistake: makes 2ⁿ in one piece, which overflows and underflows before the result does
// verdict: correctness wrong_result
#include <numbers>

void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float limited = x[i] > 89 ? 89 : x[i] < -104 ? -104 : x[i];
    const float n = std::nearbyint(limited * std::numbers::log2e_v<float>);
    const double r = static_cast<double>(limited) - n * std::numbers::ln2;
    const std::int32_t exponent = std::clamp(static_cast<std::int32_t>(n) + 127, 0, 255);
    y[i] = static_cast<float>(std::exp(r)) * std::bit_cast<float>(exponent << 23);
  }
}
