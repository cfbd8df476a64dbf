// mistake: scale · q − scale · zero_point is rounded three times
// verdict: correctness wrong_result
void KERNEL(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  const volatile float zero = params.scale * static_cast<float>(params.zero_point);
  for (std::size_t i = 0; i < q.size(); ++i) {
    const volatile float product = params.scale * static_cast<float>(q[i]);
    x[i] = product - zero;
  }
}
