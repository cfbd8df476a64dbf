// mistake: stores 8 floats also where fewer are left
// verdict: correctness out_of_bounds
void KERNEL(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  solution(q, params, x);
  for (std::size_t i = q.size(); i % 8 != 0; ++i) x.data()[i] = 0;
}
