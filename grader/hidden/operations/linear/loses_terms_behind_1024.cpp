// mistake: sums 1024 terms at most
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  x.cols = w.cols = std::min<std::int64_t>(x.cols, 1024);
  solution(x, w, bias, y);
}
