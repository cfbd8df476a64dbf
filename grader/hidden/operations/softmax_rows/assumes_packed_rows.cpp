// mistake: takes cols for the stride of x
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  solution({x.data, x.rows, x.cols, x.cols}, y);
}
