// mistake: cuts n into threads parts of n / threads elements, and leaves the rest out
// verdict: correctness wrong_result
#include <thread>
#include <vector>

void KERNEL(std::span<const float> x, std::span<float> y, int threads) {
  const std::size_t part = x.size() / static_cast<std::size_t>(threads);
  std::vector<std::thread> team;
  for (std::size_t t = 0; t < static_cast<std::size_t>(threads); ++t) {
    team.emplace_back([=] { solution(x.subspan(t * part, part), y.subspan(t * part, part), 1); });
  }
  for (std::thread& thread : team) thread.join();
}
