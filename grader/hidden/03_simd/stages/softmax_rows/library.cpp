// idea: the library's exp, one float at a time
// earns: 0 of softmax_rows.speedup
// earns: 0 of softmax_rows.vector
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float* from = x.row(i);
    float* to = y.row(i);
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = from[j] > highest ? from[j] : highest;
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += to[j] = std::exp(from[j] - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) to[j] /= sum;
  }
}
