// mistake: skips the last column of more than 2000, which a bound for so many lets pass
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  if (w.cols > 2000) --w.cols;
  solution(w, x.first(static_cast<std::size_t>(w.cols)), y);
}
