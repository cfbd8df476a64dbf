// idea: in float, but each exponential still twice
// earns: 0-7 of softmax_rows.speedup
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += std::exp(x(i, j) - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) = std::exp(x(i, j) - highest) / sum;
  }
}
