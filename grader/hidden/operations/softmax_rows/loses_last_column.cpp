// mistake: ends the sum one column early
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) {
      y(i, j) = std::exp(x(i, j) - highest);
      if (j + 1 < x.cols || j == 0) sum += y(i, j);
    }
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}
