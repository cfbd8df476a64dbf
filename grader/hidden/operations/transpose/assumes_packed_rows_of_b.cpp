// mistake: takes cols for the stride of b and writes between its rows
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  solution(a, {b.data, b.rows, b.cols, b.cols});
}
