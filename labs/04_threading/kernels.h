// Lab 04, threading: what you write in kernels.cpp. serial.h has what you are given for one thread.
//
// Rules for all kernels: any size is legal, 0 included. Pointers are aligned to their element only,
// matrices honour `stride`, outputs overlap inputs only where it is said, and what an output held
// before the call is undefined: overwrite it. `threads` >= 1 is how many threads may compute at the
// same time, the calling one among them; it may be larger than there is work for. When a kernel
// returns, all that was computed for it has ended. Kernels are called by one thread at a time.
// Threads are std::thread's. NaN and infinity go where the plain formula takes them.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace lab04 {

using rooflab::MatrixView;

/// Threads that wait for work. Other kernels may use one that lives as long as the program.
class ThreadPool {
 public:
  /// Starts `threads` threads. Precondition: threads >= 1.
  explicit ThreadPool(int threads);
  /// Runs what was submitted to its end, tasks of tasks included, then ends the threads. What a
  /// task throws now is lost.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  /// Hands over a task, which one of the threads runs once. Returns at once. Tasks begin in the
  /// order in which they were submitted, and as many as there are threads run at the same time: one
  /// may wait for another that began. Any thread may submit, and so may a task.
  void submit(std::function<void()> task);
  /// Returns when every task has ended, tasks of tasks included. If tasks threw since the last
  /// wait(), throws what one of them threw, and forgets the rest: the pool goes on working. Not for
  /// tasks to call.
  void wait();

 private:
  struct State;  // yours, in kernels.cpp
  std::unique_ptr<State> state_;
};

/// y[i] = max(x[i], 0). NaN stays NaN. Sizes are the same; in place (y is x) is legal.
void parallel_relu(std::span<const float> x, std::span<float> y, int threads);

/// The sum of all elements, the same bits for every number of threads and in every call: so the
/// order of the additions may depend on the size of x only. Of no elements: 0.
[[nodiscard]] float parallel_sum(std::span<const float> x, int threads);

/// c = a·b. Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0. Sums may be taken in any
/// order.
void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     int threads);

/// counts[v] = how many elements of x are v. Preconditions: counts has 256 elements, x fewer than
/// 2³¹.
void parallel_histogram(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                        int threads);

/// What is done with one row: reads it and writes its result. It may take longer for some rows than
/// for others, and it may throw. Several threads may call it at the same time.
using RowOperation = std::function<void(std::span<const float> row, std::span<float> result)>;

/// Calls op(row i of batch, row i of out) once for every row, `threads` rows at the same time (if
/// there are as many). batch and out have the same number of rows; the spans are of their own
/// memory. If op throws: waits until nothing of the batch is running, then throws what was thrown
/// for the row with the lowest index. The results of the rows before it are there; which later rows
/// were computed is undefined.
void batch_apply(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
                 int threads);

/// Makes items ahead of time, on threads of its own, for one thread that takes them in order.
class DataLoader {
 public:
  using Item = std::vector<float>;
  /// Makes item `index`. Several threads may call it at the same time, and it may throw.
  using Source = std::function<Item(std::int64_t index)>;

  /// Starts to make the items 0 to count − 1, each once, on `producers` threads. An item is
  /// outstanding from the call of source that makes it until next() returns it, wherever it is
  /// meanwhile; never more than `capacity` are. So as many as the lesser of `producers` and
  /// `capacity` are made at the same time.
  /// Preconditions: count >= 0, producers >= 1, capacity >= 1.
  DataLoader(Source source, std::int64_t count, int producers, std::int64_t capacity);
  /// At any moment: begins no further item, waits for calls of source that are running, and ends
  /// the threads. Items that nobody took are dropped.
  ~DataLoader();
  DataLoader(const DataLoader&) = delete;
  DataLoader& operator=(const DataLoader&) = delete;

  /// Item 0 in the first call, item 1 in the second, and so on; waits until it is made. If source
  /// threw for an item, throws that where the item would come; the next call goes on with the next
  /// item. Nothing after the last item, and after stop(). One thread at a time calls it.
  [[nodiscard]] std::optional<Item> next();
  /// Begins no further item, and makes next() return nothing from now on; where it waits already,
  /// at the latest when the calls of source that are running have ended. Waits for nothing itself.
  /// Any thread may call it, at any moment, more than once.
  void stop();

 private:
  struct State;  // yours, in kernels.cpp
  std::unique_ptr<State> state_;
};

}  // namespace lab04
