// mistake: stores eight results at a time, past the end
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  solution(w, x, y);
  for (std::size_t i = y.size(); i % 8 != 0; ++i) y.data()[i] = 0;
}
