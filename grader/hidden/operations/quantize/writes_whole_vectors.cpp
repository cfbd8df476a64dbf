// mistake: stores 32 bytes also where fewer are left
// verdict: correctness out_of_bounds
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  solution(x, params, q);
  for (std::size_t i = x.size(); i % 32 != 0; ++i) q.data()[i] = 0;
}
