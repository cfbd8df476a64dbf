// mistake: lets what a row throws leave its thread
// verdict: correctness crashed
#include <thread>
#include <vector>

void KERNEL(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
            int threads) {
  std::vector<std::thread> team;
  for (std::int64_t t = 0; t < threads; ++t) {
    team.emplace_back([&, t] {
      for (std::int64_t i = t; i < batch.rows; i += threads) {
        op({batch.row(i), static_cast<std::size_t>(batch.cols)},
           {out.row(i), static_cast<std::size_t>(out.cols)});
      }
    });
  }
  for (std::thread& thread : team) thread.join();
}
