// mistake: takes four rows at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  w.rows -= w.rows % 4;
  solution(w, x, y);
}
