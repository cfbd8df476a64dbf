// mistake: writes results in the order of threads, not of rows
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
            int threads) {
  std::int64_t to = 0;
  for (std::int64_t t = 0; t < threads; ++t) {
    for (std::int64_t i = t; i < batch.rows; i += threads) {
      op({batch.row(i), static_cast<std::size_t>(batch.cols)},
         {out.row(to++), static_cast<std::size_t>(out.cols)});
    }
  }
}
