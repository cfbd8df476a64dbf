// The kernels that your speedup is measured against: right, plain, and slow. Not edited.
//
// Where there is nothing to win without threads, there are none. Else every piece of work gets a
// thread of its own: what one writes first, and what a pool is for.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "kernels.h"
#include "serial.h"

namespace lab04 {

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable ended;
  std::deque<std::function<void()>> queue;
  int free = 0;  // threads that may still be started
  std::int64_t unfinished = 0;
  std::exception_ptr error;

  // Called with the mutex locked.
  void start_threads() {
    for (; free > 0 && !queue.empty(); --free) {
      std::thread([this, task = std::move(queue.front())] {
        std::exception_ptr thrown;
        try {
          task();
        } catch (...) {
          thrown = std::current_exception();
        }
        const std::lock_guard lock(mutex);
        if (thrown) error = thrown;
        ++free;
        if (--unfinished == 0) ended.notify_all();
        start_threads();
      }).detach();
      queue.pop_front();
    }
  }
};

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) { state_->free = threads; }

ThreadPool::~ThreadPool() {
  std::unique_lock lock(state_->mutex);
  state_->ended.wait(lock, [this] { return state_->unfinished == 0; });
}

void ThreadPool::submit(std::function<void()> task) {
  const std::lock_guard lock(state_->mutex);
  state_->queue.push_back(std::move(task));
  ++state_->unfinished;
  state_->start_threads();
}

void ThreadPool::wait() {
  std::unique_lock lock(state_->mutex);
  state_->ended.wait(lock, [this] { return state_->unfinished == 0; });
  if (auto error = std::exchange(state_->error, nullptr)) std::rethrow_exception(error);
}

void parallel_relu(std::span<const float> x, std::span<float> y, int /*threads*/) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] <= 0 ? 0 : x[i];
}

float parallel_sum(std::span<const float> x, int /*threads*/) { return serial::sum(x); }

void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     int /*threads*/) {
  serial::multiply(a, b, c);
}

void parallel_histogram(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                        int /*threads*/) {
  std::ranges::fill(counts, 0);
  for (const std::uint8_t value : x) ++counts[value];
}

// A thread for each row, `threads` of them at a time; the next ones start when all of these are
// done.
void batch_apply(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
                 int threads) {
  for (std::int64_t begin = 0; begin < batch.rows; begin += threads) {
    const auto rows = static_cast<std::size_t>(std::min<std::int64_t>(threads, batch.rows - begin));
    std::vector<std::exception_ptr> errors(rows);
    std::vector<std::thread> team(rows);
    for (std::size_t t = 0; t < rows; ++t) {
      team[t] = std::thread([&, t] {
        const std::int64_t i = begin + static_cast<std::int64_t>(t);
        try {
          op({batch.row(i), static_cast<std::size_t>(batch.cols)},
             {out.row(i), static_cast<std::size_t>(out.cols)});
        } catch (...) {
          errors[t] = std::current_exception();
        }
      });
    }
    for (std::thread& thread : team) thread.join();
    for (const std::exception_ptr& error : errors) {
      if (error) std::rethrow_exception(error);
    }
  }
}

// A thread for each item, `producers` of them at a time; the next ones start when all of these have
// been taken.
struct DataLoader::State {
  Source source;
  std::int64_t count = 0;
  std::int64_t at_once = 0;
  std::int64_t begun = 0;
  std::mutex mutex;
  bool stopped = false;
  std::deque<Item> items;
  std::deque<std::exception_ptr> errors;
  std::vector<std::thread> team;

  void start() {
    const std::lock_guard lock(mutex);
    const std::int64_t some = stopped ? 0 : std::min(at_once, count - begun);
    items.resize(static_cast<std::size_t>(some));
    errors.resize(items.size());
    for (std::size_t t = 0; t < items.size(); ++t) {
      team.emplace_back([this, t, i = begun++] {
        try {
          items[t] = source(i);
        } catch (...) {
          errors[t] = std::current_exception();
        }
      });
    }
  }
  void join() {
    for (std::thread& thread : team) thread.join();
    team.clear();
  }
};

DataLoader::DataLoader(Source source, std::int64_t count, int producers, std::int64_t capacity)
    : state_(std::make_unique<State>()) {
  state_->source = std::move(source);
  state_->count = count;
  state_->at_once = std::min<std::int64_t>(producers, capacity);
  state_->start();
}

DataLoader::~DataLoader() { state_->join(); }

std::optional<DataLoader::Item> DataLoader::next() {
  State& state = *state_;
  if (state.items.empty()) state.start();
  state.join();
  const std::lock_guard lock(state.mutex);
  if (state.stopped || state.items.empty()) return std::nullopt;
  std::optional<Item> item = std::move(state.items.front());
  const std::exception_ptr error = state.errors.front();
  state.items.pop_front();
  state.errors.pop_front();
  if (error) std::rethrow_exception(error);
  return item;
}

void DataLoader::stop() {
  const std::lock_guard lock(state_->mutex);
  state_->stopped = true;
}

}  // namespace lab04
