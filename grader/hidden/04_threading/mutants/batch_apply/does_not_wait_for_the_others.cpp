// mistake: throws as soon as a row has thrown, while others are running
// verdict: correctness wrong_result
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

void KERNEL(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
            int threads) {
  struct Team {
    std::atomic<std::int64_t> next = 0;
    std::atomic<int> running = 0;
    std::mutex mutex;
    std::int64_t failed = std::numeric_limits<std::int64_t>::max();
    std::exception_ptr error;
    std::atomic<bool> over = false;
  };
  const auto team = std::make_shared<Team>();
  team->running = threads;
  for (int t = 0; t < threads; ++t) {
    std::thread([team, batch, &op, out] {
      for (std::int64_t i = team->next++; i < batch.rows && !team->over; i = team->next++) {
        try {
          op({batch.row(i), static_cast<std::size_t>(batch.cols)},
             {out.row(i), static_cast<std::size_t>(out.cols)});
        } catch (...) {
          const std::lock_guard lock(team->mutex);
          if (i < team->failed) team->error = std::current_exception();
          team->failed = std::min(team->failed, i);
          team->over = true;
        }
      }
      --team->running;
    }).detach();
  }
  while (team->running > 0 && !team->over) std::this_thread::yield();
  const std::lock_guard lock(team->mutex);
  if (team->error) std::rethrow_exception(team->error);
}
