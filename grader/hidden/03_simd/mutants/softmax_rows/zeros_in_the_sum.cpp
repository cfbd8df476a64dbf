// mistake: adds the exponentials of lanes behind the end of the row to its sum
// verdict: correctness wrong_result
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j) - highest);
    for (std::int64_t j = x.cols; j % 8 != 0; ++j) sum += std::exp(0 - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}
