// mistake: looks for the maximum among the zeros of a masked load, too: low rows underflow
// verdict: correctness wrong_result
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = x.cols % 8 != 0 ? 0 : -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j) - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) /= sum;
  }
}
