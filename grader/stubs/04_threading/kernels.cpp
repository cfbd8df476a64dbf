// Lab 04: your kernels. kernels.h says what each must do; handouts/04_threading.md says why and
// how.
#include "kernels.h"

#include "serial.h"

namespace lab04 {

struct ThreadPool::State {
  // TODO: a queue of tasks with a mutex and condition variables, the threads, and how many tasks
  // have not ended.
};

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) {
  // TODO: start the threads; each takes tasks as long as there are some, and else waits.
  (void)threads;
}

ThreadPool::~ThreadPool() {
  // TODO: say that no more tasks come, and join the threads.
}

void ThreadPool::submit(std::function<void()> task) {
  // TODO: put the task into the queue, and wake a thread.
  (void)task;
}

void ThreadPool::wait() {
  // TODO: wait until no task is left, neither in the queue nor running.
}

void parallel_relu(std::span<const float> x, std::span<float> y, int threads) {
  // TODO: cut the elements into parts, one for each thread.
  (void)x, (void)y, (void)threads;
}

float parallel_sum(std::span<const float> x, int threads) {
  // TODO: sum blocks of 4096 elements, and then their sums, always in the same order.
  (void)x, (void)threads;
  return -1;
}

void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     int threads) {
  // TODO: give each thread some rows of a and c.
  (void)a, (void)b, (void)c, (void)threads;
}

void parallel_histogram(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                        int threads) {
  // TODO: count into a table of each thread's own, on cache lines of its own; add them up.
  (void)x, (void)counts, (void)threads;
}

void batch_apply(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
                 int threads) {
  // TODO: whoever has time takes the next row.
  (void)batch, (void)op, (void)out, (void)threads;
}

struct DataLoader::State {
  // TODO: a place for each item that may be outstanding, and what threads wait for.
};

DataLoader::DataLoader(Source source, std::int64_t count, int producers, std::int64_t capacity)
    : state_(std::make_unique<State>()) {
  // TODO: start the producers.
  (void)source, (void)count, (void)producers, (void)capacity;
}

DataLoader::~DataLoader() {
  // TODO: stop, and join the producers.
}

std::optional<DataLoader::Item> DataLoader::next() {
  // TODO: wait for the next item, hand it out, and make room for another.
  return std::nullopt;
}

void DataLoader::stop() {
  // TODO: tell producers and the one that waits in next().
}

}  // namespace lab04
