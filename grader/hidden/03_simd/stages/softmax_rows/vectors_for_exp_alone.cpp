// idea: a vector exp; maximum, sum and division one float at a time
// earns: 0-3 of softmax_rows.speedup
// earns: 0-2 of softmax_rows.vector
#include "../plain.h"

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float* from = x.row(i);
    float* to = y.row(i);
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = from[j] > highest ? from[j] : highest;
    const __m256 most = _mm256_set1_ps(highest);
    stages::apply(from, to, x.cols,
                  [most](__m256 v) { return stages::exp8(_mm256_sub_ps(v, most)); });
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += to[j];
    for (std::int64_t j = 0; j < x.cols; ++j) to[j] /= sum;
  }
}
