// mistake: takes cols for the stride of a
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  solution({a.data, a.rows, a.cols, a.cols}, b);
}
