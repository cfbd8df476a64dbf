// mistake: takes six rows at a time and forgets what is left
// verdict: correctness wrong_result
void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  solution({a.data, a.rows / 6 * 6, a.cols, a.stride}, b,
           {c.data, c.rows / 6 * 6, c.cols, c.stride});
}
