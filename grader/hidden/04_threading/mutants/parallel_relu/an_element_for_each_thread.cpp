// mistake: gives each thread an element at least, also where there are none left
// verdict: correctness out_of_bounds
#include <thread>
#include <vector>

void KERNEL(std::span<const float> x, std::span<float> y, int threads) {
  const auto parts = static_cast<std::size_t>(threads);
  const std::size_t part = std::max<std::size_t>(1, (x.size() + parts - 1) / parts);
  std::vector<std::thread> team;
  for (std::size_t t = 0; t < parts; ++t) {
    team.emplace_back([=] {
      for (std::size_t i = t * part; i < std::max(x.size(), parts) && i < (t + 1) * part; ++i) {
        y.data()[i] = std::max(x.data()[i], 0.0F);
      }
    });
  }
  for (std::thread& thread : team) thread.join();
}
