// mistake: keeps its threads in a table of eight
// verdict: correctness crashed
#include <thread>

void KERNEL(std::span<const float> x, std::span<float> y, int threads) {
  std::array<std::thread, 8> team;
  for (std::size_t t = 1; t < static_cast<std::size_t>(threads); ++t)
    team.at(t) = std::thread([] {});
  solution(x, y, 1);
  for (std::thread& thread : team) {
    if (thread.joinable()) thread.join();
  }
}
