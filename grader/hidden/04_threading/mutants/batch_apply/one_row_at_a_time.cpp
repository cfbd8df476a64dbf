// mistake: works on one row at a time
// verdict: correctness wrong_result
#include <mutex>

void KERNEL(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
            int threads) {
  std::mutex mutex;
  solution(
      batch,
      [&](std::span<const float> row, std::span<float> result) {
        const std::lock_guard lock(mutex);
        op(row, result);
      },
      out, threads);
}
