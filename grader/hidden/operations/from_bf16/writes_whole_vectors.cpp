// mistake: stores eight elements at a time, past the end
// verdict: correctness out_of_bounds
void KERNEL(std::span<const Bf16> x, std::span<float> y) {
  solution(x, y);
  for (std::size_t i = x.size(); i % 8 != 0; ++i) y.data()[i] = 0;
}
