// mistake: takes sixteen columns at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  w.cols -= w.cols % 16;
  solution(w, x.first(static_cast<std::size_t>(w.cols)), y);
}
