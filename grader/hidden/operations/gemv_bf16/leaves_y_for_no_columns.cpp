// mistake: returns at once when there is nothing to sum
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  if (w.cols > 0) solution(w, x, y);
}
