// idea: makes floats of all weights, then multiplies as before: more bytes than ever
// earns: 0 of gemv_bf16.speedup
#include <rooflab/matrix.h>

void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  const rooflab::Matrix<float> wide(w.rows, w.cols);
  for (std::int64_t i = 0; i < w.rows; ++i) {
    const auto cols = static_cast<std::size_t>(w.cols);
    from_bf16({w.row(i), cols}, {&wide(i, 0), cols});
  }
  for (std::int64_t i = 0; i < w.rows; ++i) {
    const float* row = &wide(i, 0);
    std::array<float, 32> sums{};
    std::int64_t j = 0;
    for (; j + 32 <= w.cols; j += 32) {
      for (std::size_t s = 0; s < 32; ++s) {
        sums[s] += row[j + static_cast<std::int64_t>(s)] * x[static_cast<std::size_t>(j) + s];
      }
    }
    for (; j < w.cols; ++j) sums[0] += row[j] * x[static_cast<std::size_t>(j)];
    for (std::size_t s = 1; s < 32; ++s) sums[0] += sums[s];
    y[static_cast<std::size_t>(i)] = sums[0];
  }
}
