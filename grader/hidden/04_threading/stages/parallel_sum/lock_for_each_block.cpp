// idea: blocks are handed out, and their sums put into a list, under one lock, 64 numbers at a time
// earns: 0 of parallel_sum.efficiency
#include <mutex>
#include <thread>
#include <vector>

float parallel_sum(std::span<const float> x, int threads) {
  constexpr std::size_t kBlock = 64;
  std::vector<float> sums((x.size() + kBlock - 1) / kBlock);
  std::mutex mutex;
  std::size_t next = 0;
  const auto take = [&] {
    const std::lock_guard lock(mutex);
    return next++;
  };
  std::vector<std::thread> team;
  for (int t = 0; t < threads; ++t) {
    team.emplace_back([&] {
      for (std::size_t i = take(); i < sums.size(); i = take()) {
        const std::size_t size = std::min(kBlock, x.size() - i * kBlock);
        const float sum = serial::sum(x.subspan(i * kBlock, size));
        const std::lock_guard lock(mutex);
        sums[i] = sum;
      }
    });
  }
  for (std::thread& thread : team) thread.join();
  return serial::sum(sums);
}
