// idea: one table for all, with atomic counts
// earns: 0 of parallel_histogram.efficiency
#include <atomic>
#include <thread>
#include <vector>

void parallel_histogram(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                        int threads) {
  std::ranges::fill(counts, 0);
  const auto parts = static_cast<std::size_t>(threads);
  std::vector<std::thread> team;
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t begin = x.size() * t / parts;
    team.emplace_back([counts, part = x.subspan(begin, x.size() * (t + 1) / parts - begin)] {
      for (const std::uint8_t value : part) ++std::atomic_ref(counts[value]);
    });
  }
  for (std::thread& thread : team) thread.join();
}
