// mistake: takes cols for the stride of w
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  solution(x, {w.data, w.rows, w.cols, w.cols}, bias, y);
}
