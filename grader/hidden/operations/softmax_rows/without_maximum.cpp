// mistake: does not subtract the maximum: exp overflows
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j));
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}
