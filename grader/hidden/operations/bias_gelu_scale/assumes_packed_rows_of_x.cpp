// mistake: takes cols for the stride of x
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  solution({x.data, x.rows, x.cols, x.cols}, b, s, y);
}
