// mistake: ignores the bias
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  solution(x, w, bias.subspan(bias.size()), y);
}
