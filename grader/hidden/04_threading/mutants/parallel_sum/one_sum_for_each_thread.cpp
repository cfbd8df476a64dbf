// mistake: adds up one part for each thread: the borders move with the number of threads
// verdict: correctness wrong_result
#include <thread>
#include <vector>

float KERNEL(std::span<const float> x, int threads) {
  const auto parts = static_cast<std::size_t>(threads);
  std::vector<float> sums(parts);
  std::vector<std::thread> team;
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t begin = x.size() * t / parts;
    const std::size_t end = x.size() * (t + 1) / parts;
    team.emplace_back(
        [&sums, t, part = x.subspan(begin, end - begin)] { sums[t] = serial::sum(part); });
  }
  for (std::thread& thread : team) thread.join();
  return serial::sum(sums);
}
