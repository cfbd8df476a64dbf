// Lab 04, reference solution.
//
// The idea: two threads can be twice as fast as one, if each has enough to do, both are busy to the
// end, and neither waits for what the other holds: a lock, or a cache line. So threads are kept (a
// pool), work is cut into parts that whoever has time takes, and what a thread computes on the way
// is its own until the end. Results never depend on who took which part.
#include "kernels.h"

#include <rooflab/matrix.h>
#include <rooflab/simd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "serial.h"

namespace lab04 {

// --- The pool ------------------------------------------------------------------------------------

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable work;   // there is a task, or there will be none any more
  std::condition_variable ended;  // the last task has ended
  std::deque<std::function<void()>> queue;
  std::int64_t unfinished = 0;  // tasks in the queue, and those that run
  std::exception_ptr error;
  bool closing = false;
  std::vector<std::thread> threads;

  void run() {
    std::unique_lock lock(mutex);
    for (;;) {
      work.wait(lock, [this] { return closing || !queue.empty(); });
      if (queue.empty()) return;
      std::function<void()> task = std::move(queue.front());
      queue.pop_front();
      lock.unlock();  // others take the next tasks meanwhile
      std::exception_ptr thrown;
      try {
        task();
      } catch (...) {
        thrown = std::current_exception();
      }
      task = nullptr;  // what it holds may take time to destroy
      lock.lock();
      if (!error) error = thrown;
      if (--unfinished == 0) ended.notify_all();
    }
  }
};

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) {
  for (int t = 0; t < threads; ++t) {
    state_->threads.emplace_back([this] { state_->run(); });
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
  }
  state_->work.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
}

void ThreadPool::submit(std::function<void()> task) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->queue.push_back(std::move(task));
    ++state_->unfinished;
  }
  state_->work.notify_one();  // without the lock, or it would wake up only to wait for that
}

void ThreadPool::wait() {
  std::unique_lock lock(state_->mutex);
  state_->ended.wait(lock, [this] { return state_->unfinished == 0; });
  const std::exception_ptr error = std::exchange(state_->error, nullptr);
  if (error) std::rethrow_exception(error);
}

// --- Loops on several threads --------------------------------------------------------------------

namespace {

// A pool that lives as long as the program: waking a thread takes less than starting one.
std::shared_ptr<ThreadPool> helpers(int count) {
  static std::mutex mutex;
  static std::shared_ptr<ThreadPool> pool;
  static int size = 0;
  const std::lock_guard lock(mutex);
  if (count > size) pool = std::make_shared<ThreadPool>(size = count);
  return pool;
}

// Calls work() on `threads` threads, this one among them, and returns when all calls have ended. A
// helper that comes when this thread is done already finds the door closed: so nobody waits for a
// thread that is still asleep, nor for one that is busy elsewhere. work() must not throw.
template <class Work>
void together(std::int64_t threads, const Work& work) {
  struct Door {
    std::mutex mutex;
    std::condition_variable empty;
    int inside = 0;
    bool closed = false;
  };
  const auto door = std::make_shared<Door>();
  for (std::int64_t t = 1; t < threads; ++t) {
    helpers(static_cast<int>(threads - 1))->submit([door, &work] {
      {
        const std::lock_guard lock(door->mutex);
        if (door->closed) return;
        ++door->inside;
      }
      work();
      const std::lock_guard lock(door->mutex);
      if (--door->inside == 0) door->empty.notify_one();
    });
  }
  work();
  std::unique_lock lock(door->mutex);
  door->closed = true;
  door->empty.wait(lock, [&] { return door->inside == 0; });
}

// The parts [begin, end) of a loop over n, `grain` of it each, handed out one by one.
class Parts {
 public:
  Parts(std::int64_t n, std::int64_t grain)
      : n_(n), grain_(grain), count_((n + grain - 1) / grain) {}
  [[nodiscard]] std::int64_t count() const { return count_; }
  // Calls body(begin, end) for parts until none is left.
  template <class Body>
  void take(const Body& body) {
    for (std::int64_t i = next_++; i < count_; i = next_++) {
      body(i * grain_, std::min(n_, (i + 1) * grain_));
    }
  }

 private:
  const std::int64_t n_, grain_, count_;
  std::atomic<std::int64_t> next_ = 0;
};

// body(begin, end) for all parts, on up to `threads` threads. What is not more than one part is not
// worth a second thread.
template <class Body>
void parallel_for(std::int64_t n, std::int64_t grain, int threads, const Body& body) {
  Parts parts(n, grain);
  together(std::min<std::int64_t>(threads, parts.count()), [&] { parts.take(body); });
}

}  // namespace

// A part takes some ten microseconds: long beside taking it, short beside the whole.
void parallel_relu(std::span<const float> x, std::span<float> y, int threads) {
  parallel_for(std::ssize(x), 65536, threads, [=](std::int64_t begin, std::int64_t end) {
    const float* from = x.data();
    float* to = y.data();
    for (std::int64_t i = begin; i < end; ++i) to[i] = from[i] <= 0 ? 0 : from[i];
  });
}

// Float sums depend on their order. So what is added to what is fixed: elements in blocks of 4096,
// then the blocks' sums in the same way. Only who adds up a block is left open.
float parallel_sum(std::span<const float> x, int threads) {
  constexpr std::size_t kBlock = 4096;
  std::vector<float> sums((x.size() + kBlock - 1) / kBlock);
  parallel_for(std::ssize(sums), 16, threads, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      sums[i] = serial::sum(x.subspan(i * kBlock, std::min(kBlock, x.size() - i * kBlock)));
    }
  });
  return sums.size() > 1 ? parallel_sum(sums, 1) : serial::sum(sums);
}

// Every thread counts into a table of its own, on its own stack: no cache line goes back and forth.
void parallel_histogram(std::span<const std::uint8_t> x, std::span<std::int32_t> counts,
                        int threads) {
  std::ranges::fill(counts, 0);
  std::mutex merging;
  Parts parts(std::ssize(x), 65536);
  together(std::min<std::int64_t>(threads, parts.count()), [&] {
    std::int32_t own[256] = {};
    parts.take([&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) ++own[x[static_cast<std::size_t>(i)]];
    });
    const std::lock_guard lock(merging);
    for (std::size_t v = 0; v < counts.size(); ++v) counts[v] += own[v];
  });
}

// Rows may take different times, so each is a part of its own. They are taken in their order: when
// one throws, all before it have begun and will end, and later ones need not begin.
void batch_apply(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
                 int threads) {
  std::mutex mutex;
  std::exception_ptr error;
  std::atomic<std::int64_t> failed = std::numeric_limits<std::int64_t>::max();
  parallel_for(batch.rows, 1, threads, [&](std::int64_t i, std::int64_t /*end*/) {
    if (i > failed) return;
    try {
      op({batch.row(i), static_cast<std::size_t>(batch.cols)},
         {out.row(i), static_cast<std::size_t>(out.cols)});
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (i > failed) return;
      failed = i;
      error = std::current_exception();
    }
  });
  if (error) std::rethrow_exception(error);
}

// --- The matrix product --------------------------------------------------------------------------

namespace {

constexpr std::int64_t kLanes = 8;
constexpr std::int64_t kTileRows = 6;  // the register tile: 6×16 sums fill 12 of 16 registers
constexpr std::int64_t kTileCols = 2 * kLanes;
constexpr std::int64_t kBlockDepth = 256;  // a panel of b, 256×16, stays in the L1 cache
constexpr std::int64_t kBlockRows = 516;   // of a, which stay in the L2 cache
constexpr std::int64_t kCopyStride = kBlockDepth + 16;  // rows of the copy: lines of their own

template <class T>
MatrixView<T> part(MatrixView<T> x, std::int64_t i, std::int64_t j, std::int64_t rows,
                   std::int64_t cols) {
  return {x.row(i) + j, std::min(rows, x.rows - i), std::min(cols, x.cols - j), x.stride};
}

// c = a·b, or c += a·b unless `first`, for at most Rows rows and kTileCols columns (lab 03). With a
// panel, b is copied there on the way. Every loop over the sums must be unrolled, for a register
// has no index.
template <bool Packs, int Rows>
void multiply_tile(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                   bool first, float* panel) {
  if constexpr (Rows > 1) {
    if (a.rows < Rows) return multiply_tile<Packs, Rows - 1>(a, b, c, first, panel);
  }
  __m256 sum[Rows][2];
#pragma GCC unroll 6
  for (int i = 0; i < Rows; ++i) {
    sum[i][0] = sum[i][1] = _mm256_setzero_ps();
    __builtin_prefetch(c.row(i));
  }
  const float* next = a.data;
  const float* row = b.data;
  for (std::int64_t p = 0; p < a.cols; ++p, ++next, row += b.stride) {
    const __m256 left = _mm256_loadu_ps(row);
    const __m256 right = _mm256_loadu_ps(row + kLanes);
    if constexpr (Packs) {
      _mm256_store_ps(panel + p * kTileCols, left);
      _mm256_store_ps(panel + p * kTileCols + kLanes, right);
    }
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) {
      const __m256 factor = _mm256_broadcast_ss(next + i * a.stride);
      sum[i][0] = _mm256_fmadd_ps(factor, left, sum[i][0]);
      sum[i][1] = _mm256_fmadd_ps(factor, right, sum[i][1]);
    }
  }
  if (c.cols < kTileCols) {  // columns that c does not have are computed, and left out
    alignas(rooflab::kCacheLineBytes) float sums[kTileCols];
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) {
      _mm256_store_ps(sums, sum[i][0]);
      _mm256_store_ps(sums + kLanes, sum[i][1]);
      for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) = first ? sums[j] : c(i, j) + sums[j];
    }
    return;
  }
#pragma GCC unroll 6
  for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 2
    for (int half = 0; half < 2; ++half) {
      float* to = c.row(i) + half * kLanes;
      if (!first) sum[i][half] = _mm256_add_ps(sum[i][half], _mm256_loadu_ps(to));
      _mm256_storeu_ps(to, sum[i][half]);
    }
  }
}

// c = a·b, or c += a·b unless `first`, for a block of a that fits into the cache. If it `packs`,
// the first tile that needs a panel of b copies it to where it lies together; one that is too
// narrow is copied before. Panels are `apart`: 0 where no other block of a needs them.
void multiply_block(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                    bool first, bool packs, float* panel, std::int64_t apart) {
  for (std::int64_t j = 0; j < c.cols; j += kTileCols, panel += apart) {
    const MatrixView<const float> packed{panel, b.rows, kTileCols, kTileCols};
    const MatrixView<const float> from = part(b, 0, j, b.rows, kTileCols);
    std::int64_t i = 0;
    if (packs && from.cols == kTileCols) {
      i = kTileRows;
      multiply_tile<true, kTileRows>(part(a, 0, 0, kTileRows, a.cols), from,
                                     part(c, 0, j, kTileRows, kTileCols), first, panel);
    } else if (packs) {
      for (std::int64_t p = 0; p < b.rows; ++p) {
        float* row = panel + p * kTileCols;
        std::fill(std::copy_n(from.row(p), from.cols, row), row + kTileCols, 0.0F);
      }
    }
    for (; i < a.rows; i += kTileRows) {
      multiply_tile<false, kTileRows>(part(a, i, 0, kTileRows, a.cols), packed,
                                      part(c, i, j, kTileRows, kTileCols), first, nullptr);
    }
  }
}

void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  if (a.cols == 0) {
    for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  }
  const std::int64_t panel = kBlockDepth * kTileCols;
  const std::int64_t apart = a.rows > kBlockRows ? panel : 0;
  const std::int64_t panels = (c.cols + kTileCols - 1) / kTileCols;
  const rooflab::AlignedBuffer<float> packed(apart > 0 ? panels * panel : panel);
  const rooflab::AlignedBuffer<float> copied(std::min(kBlockRows, a.rows) * kCopyStride);
  for (std::int64_t p = 0; p < a.cols; p += kBlockDepth) {
    for (std::int64_t i = 0; i < a.rows; i += kBlockRows) {
      const MatrixView<const float> block = part(a, i, p, kBlockRows, kBlockDepth);
      const MatrixView<float> copy{copied.data(), block.rows, block.cols, kCopyStride};
      for (std::int64_t r = 0; r < copy.rows; ++r)
        std::copy_n(block.row(r), copy.cols, copy.row(r));
      multiply_block(copy, part(b, p, 0, kBlockDepth, b.cols), part(c, i, 0, kBlockRows, c.cols),
                     p == 0, i == 0, packed.data(), apart);
    }
  }
}

}  // namespace

// Each thread gets a part of c that is its own, and computes it as one thread would. Parts are
// equally long and as few as threads. They are columns, so that each row of b is packed by one of
// them and only a is copied by all; or rows, where there are many more. Threads share what they
// only read.
void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     int threads) {
  // So many multiplications take longer than to wake a thread.
  constexpr std::int64_t kWorth = 1'000'000;
  const bool by_rows = c.rows > 4 * c.cols;
  const std::int64_t length = by_rows ? c.rows : c.cols;
  const std::int64_t unit = by_rows ? kTileRows : kTileCols;  // no tile is cut
  const std::int64_t parts = c.rows * c.cols * a.cols < kWorth ? 1 : threads;
  const std::int64_t units = (length + unit - 1) / unit;
  const std::int64_t grain = std::max((units + parts - 1) / parts, std::int64_t{1}) * unit;
  parallel_for(length, grain, threads, [&](std::int64_t begin, std::int64_t end) {
    if (by_rows) {
      multiply(part(a, begin, 0, end - begin, a.cols), b, part(c, begin, 0, end - begin, c.cols));
    } else {
      const MatrixView<const float> columns = part(b, 0, begin, b.rows, end - begin);
      multiply(a, columns, part(c, 0, begin, c.rows, end - begin));
    }
  });
}

// --- The loader ----------------------------------------------------------------------------------

// Item i has the place i mod capacity, and is begun only when the item before it in that place was
// taken. So no item ever waits for room, whichever is made first, and there is no way to have too
// many.
struct DataLoader::State {
  struct Made {
    Item item;
    std::exception_ptr error;
  };
  const Source source;
  const std::int64_t count;
  std::mutex mutex;
  std::condition_variable changed;  // an item was made, or stop() called
  std::vector<std::optional<Made>> places;
  std::int64_t taken = 0;
  bool stopped = false;
  ThreadPool producers;  // destroyed first: its threads use all the rest

  State(Source make, std::int64_t items, int threads, std::int64_t capacity)
      : source(std::move(make)),
        count(items),
        places(static_cast<std::size_t>(std::min(items, capacity))),
        producers(threads) {}
  std::optional<Made>& place(std::int64_t i) {
    return places[static_cast<std::size_t>(i) % places.size()];
  }
  void begin(std::int64_t i) {
    producers.submit([this, i] {
      {
        const std::lock_guard lock(mutex);
        if (stopped) return;
      }
      Made made;
      try {
        made.item = source(i);
      } catch (...) {
        made.error = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      place(i) = std::move(made);
      changed.notify_one();
    });
  }
};

DataLoader::DataLoader(Source source, std::int64_t count, int producers, std::int64_t capacity)
    : state_(std::make_unique<State>(std::move(source), count, producers, capacity)) {
  for (std::int64_t i = 0; i < std::ssize(state_->places); ++i) state_->begin(i);
}

DataLoader::~DataLoader() { stop(); }

std::optional<DataLoader::Item> DataLoader::next() {
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  if (state.taken == state.count) return std::nullopt;
  std::optional<State::Made>& place = state.place(state.taken);
  state.changed.wait(lock, [&] { return state.stopped || place; });
  if (state.stopped) return std::nullopt;
  State::Made made = *std::exchange(place, std::nullopt);
  const std::int64_t following = state.taken++ + std::ssize(state.places);
  if (following < state.count) state.begin(following);
  if (made.error) std::rethrow_exception(made.error);
  return std::move(made.item);
}

void DataLoader::stop() {
  const std::lock_guard lock(state_->mutex);
  state_->stopped = true;
  state_->changed.notify_all();
}

}  // namespace lab04
