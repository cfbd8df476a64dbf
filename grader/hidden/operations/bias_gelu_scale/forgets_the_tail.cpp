// mistake: takes eight columns at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  const std::int64_t whole = x.cols / 8 * 8;
  solution({x.data, x.rows, whole, x.stride}, b.first(static_cast<std::size_t>(whole)), s,
           {y.data, y.rows, whole, y.stride});
}
