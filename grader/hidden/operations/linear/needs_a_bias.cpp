// mistake: reads the bias even if there is none
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  solution(x, w, {bias.data(), static_cast<std::size_t>(y.cols)}, y);
}
