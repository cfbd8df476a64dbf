// mistake: computes four outputs at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  w.rows = y.cols -= y.cols % 4;
  solution(x, w, bias, y);
}
