// mistake: handles 4096 columns at most
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  solution({x.data, x.rows, std::min<std::int64_t>(x.cols, 4096), x.stride}, y);
}
