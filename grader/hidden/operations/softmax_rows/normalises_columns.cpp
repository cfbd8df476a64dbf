// mistake: makes columns sum to 1 instead of rows
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t j = 0; j < x.cols; ++j) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t i = 0; i < x.rows; ++i) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t i = 0; i < x.rows; ++i) sum += y(i, j) = std::exp(x(i, j) - highest);
    for (std::int64_t i = 0; i < x.rows; ++i) y(i, j) /= sum;
  }
}
