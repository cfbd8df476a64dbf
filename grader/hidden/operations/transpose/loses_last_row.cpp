// mistake: ends one row early
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  a.rows = b.cols = std::max<std::int64_t>(a.rows - 1, 0);
  solution(a, b);
}
