// idea: a new thread for every 1024 elements, as many at a time as are allowed
// earns: 0 of parallel_relu.speedup
#include <thread>
#include <vector>

void parallel_relu(std::span<const float> x, std::span<float> y, int threads) {
  constexpr std::size_t kPart = 1024;
  std::vector<std::thread> team;
  for (std::size_t begin = 0; begin < x.size(); begin += kPart) {
    const std::size_t size = std::min(kPart, x.size() - begin);
    team.emplace_back([=] { solution(x.subspan(begin, size), y.subspan(begin, size), 1); });
    if (std::ssize(team) < threads) continue;
    for (std::thread& thread : team) thread.join();
    team.clear();
  }
  for (std::thread& thread : team) thread.join();
}
