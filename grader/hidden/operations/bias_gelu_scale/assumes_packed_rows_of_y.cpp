// mistake: takes cols for the stride of y
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  solution(x, b, s, {y.data, y.rows, y.cols, y.cols});
}
