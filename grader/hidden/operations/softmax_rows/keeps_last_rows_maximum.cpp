// mistake: does not start anew with the maximum of each row
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  float highest = -std::numeric_limits<float>::infinity();
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j) - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}
