// mistake: lets all threads add to the same counts, without a lock
// verdict: races data_race
#include <thread>
#include <vector>

void KERNEL(std::span<const std::uint8_t> x, std::span<std::int32_t> counts, int threads) {
  std::ranges::fill(counts, 0);
  const auto parts = static_cast<std::size_t>(threads);
  std::vector<std::thread> team;
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t begin = x.size() * t / parts;
    team.emplace_back([counts, part = x.subspan(begin, x.size() * (t + 1) / parts - begin)] {
      for (const std::uint8_t value : part) {
        volatile std::int32_t& count = counts[value];  // nothing is kept in registers
        count = count + 1;
      }
    });
  }
  for (std::thread& thread : team) thread.join();
}
