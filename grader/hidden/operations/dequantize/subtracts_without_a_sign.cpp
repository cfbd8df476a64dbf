// mistake: the difference wraps around below 0
// verdict: correctness wrong_result
void KERNEL(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  for (std::size_t i = 0; i < q.size(); ++i) {
    x[i] = params.scale * static_cast<float>(static_cast<std::uint8_t>(q[i] - params.zero_point));
  }
}
