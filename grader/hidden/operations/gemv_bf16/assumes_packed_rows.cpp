// mistake: takes the number of columns for the stride
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  w.stride = w.cols;
  solution(w, x, y);
}
