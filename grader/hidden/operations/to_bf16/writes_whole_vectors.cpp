// mistake: stores sixteen elements at a time, past the end
// verdict: correctness out_of_bounds
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (std::size_t i = x.size(); i % 16 != 0; ++i) y.data()[i] = {0};
}
