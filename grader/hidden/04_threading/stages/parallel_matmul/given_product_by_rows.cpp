// idea: the given product, on a part of the rows in each thread
// earns: 8-16 of parallel_matmul.efficiency
// earns: 0-5 of parallel_matmul.speedup
#include <thread>
#include <vector>

void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     int threads) {
  std::vector<std::thread> team;
  for (int t = 0; t < threads; ++t) {
    const std::int64_t begin = c.rows * t / threads;
    const std::int64_t rows = c.rows * (t + 1) / threads - begin;
    team.emplace_back([=] {
      serial::multiply({a.row(begin), rows, a.cols, a.stride}, b,
                       {c.row(begin), rows, c.cols, c.stride});
    });
  }
  for (std::thread& thread : team) thread.join();
}
