// mistake: subtracts n·ln 2 with ln 2 rounded to one float: n times its error is left
// verdict: correctness wrong_result
#include <numbers>

void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float limited = x[i] > 89 ? 89 : x[i] < -104 ? -104 : x[i];
    const float n = std::nearbyint(limited * std::numbers::log2e_v<float>);
    const float r = std::fma(-n, std::numbers::ln2_v<float>, limited);
    y[i] = static_cast<float>(std::ldexp(std::exp(static_cast<double>(r)), static_cast<int>(n)));
  }
}
