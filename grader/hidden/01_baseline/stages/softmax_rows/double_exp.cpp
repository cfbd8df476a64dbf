// idea: each exponential once, but in double: exp of <math.h>, not std::exp of a float
// earns: 4-16 of softmax_rows.speedup
#include <math.h>

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    double sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) {
      y(i, j) = static_cast<float>(exp(static_cast<double>(x(i, j) - highest)));
      sum += static_cast<double>(y(i, j));
    }
    const auto scale = static_cast<float>(1 / sum);
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) *= scale;
  }
}
