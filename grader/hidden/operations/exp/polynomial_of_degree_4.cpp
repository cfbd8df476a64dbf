// mistake: ends the series of eʳ after r⁴
// verdict: correctness wrong_result
#include <numbers>

void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float limited = x[i] > 89 ? 89 : x[i] < -104 ? -104 : x[i];
    const float n = std::nearbyint(limited * std::numbers::log2e_v<float>);
    const double r = static_cast<double>(limited) - n * std::numbers::ln2;
    const double series = 1 + r * (1 + r / 2 * (1 + r / 3 * (1 + r / 4)));
    y[i] = static_cast<float>(std::ldexp(series, static_cast<int>(n)));
  }
}
