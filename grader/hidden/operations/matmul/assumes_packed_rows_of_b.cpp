// mistake: takes cols for the stride of b
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  solution(a, {b.data, b.rows, b.cols, b.cols}, c);
}
