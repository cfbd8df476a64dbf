// idea: a count for each value and thread, those of one value side by side: false sharing
// earns: 0 of parallel_histogram.efficiency
#include <thread>
#include <vector>

void parallel_histogram(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                        int threads) {
  const auto parts = static_cast<std::size_t>(threads);
  std::vector<std::int32_t> shared(256 * parts);
  std::vector<std::thread> team;
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t begin = x.size() * t / parts;
    team.emplace_back(
        [&shared, parts, t, part = x.subspan(begin, x.size() * (t + 1) / parts - begin)] {
          for (const std::uint8_t value : part) ++shared[value * parts + t];
        });
  }
  for (std::thread& thread : team) thread.join();
  for (std::size_t v = 0; v < counts.size(); ++v) {
    counts[v] = 0;
    for (std::size_t t = 0; t < parts; ++t) counts[v] += shared[v * parts + t];
  }
}
