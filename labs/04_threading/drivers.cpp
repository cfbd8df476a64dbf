// Runs in the same process as the kernels: what is observed here explains, and what is computed
// here is compared outside.
#include "drivers.h"

#include <rooflab/work.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "kernels.h"

namespace lab04 {
namespace {

using rooflab::worked;

constexpr auto kPatience = std::chrono::milliseconds(1000);
constexpr auto kPause = std::chrono::milliseconds(1);  // for what must not happen to happen

std::int64_t steps(std::int32_t work) { return std::abs(std::int64_t{work}); }

/// A float from the upper bits of a number, exact.
float as_float(std::uint32_t bits) { return static_cast<float>(bits >> 8U); }

/// What is thrown for piece `index`.
struct Thrown {
  std::int64_t index;
};

/// 1 + the index of what `call` throws, 0 when it throws nothing, -2 for a stranger's exception.
std::int32_t thrown_by(const std::function<void()>& call) {
  try {
    call();
  } catch (const Thrown& thrown) {
    return static_cast<std::int32_t>(thrown.index + 1);
  } catch (...) {
    return -2;
  }
  return 0;
}

void raise(std::atomic<std::int32_t>& highest, std::int32_t value) {
  for (std::int32_t now = highest; now < value && !highest.compare_exchange_weak(now, value);) {
  }
}

/// Something that threads wait for, but not for ever.
class Event {
 public:
  explicit Event(std::chrono::milliseconds patience = kPatience) : patience_(patience) {}
  void set() {
    const std::lock_guard lock(mutex_);
    set_ = true;
    changed_.notify_all();
  }
  /// Whether it came. Who waits after others have waited in vain does not wait again.
  bool wait() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, patience_, [this] { return set_ || given_up_; })) given_up_ = true;
    return set_;
  }

 private:
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
  bool given_up_ = false;
};

/// Watches pieces of work begin and end. The first `meeting` of them wait for each other.
class Watch {
 public:
  explicit Watch(int meeting = 0) : meeting_(meeting) {}

  /// A piece that runs from now on, until what this returns is destroyed.
  class Piece {
   public:
    Piece(Watch& watch, std::int32_t before) : number(before), watch_(watch) {}
    Piece(const Piece&) = delete;
    Piece& operator=(const Piece&) = delete;
    ~Piece() { --watch_.running_; }
    const std::int32_t number;  // of pieces that had begun before

   private:
    Watch& watch_;
  };
  Piece begin() {
    raise(most_, ++running_);
    const std::int32_t number = began_++;
    if (number + 1 == meeting_) {
      std::this_thread::sleep_for(kPause);  // more than may run would come now
      met_.set();
    }
    if (number < meeting_) met_.wait();
    return {*this, number};
  }
  [[nodiscard]] std::int32_t began() const { return began_; }
  [[nodiscard]] std::int32_t running() const { return running_; }
  [[nodiscard]] std::int32_t most() const { return most_; }

 private:
  const std::int32_t meeting_;
  std::atomic<std::int32_t> began_ = 0, running_ = 0, most_ = 0;
  Event met_;
};

}  // namespace

void batch_apply(MatrixView<const float> batch, std::span<const std::int32_t> work,
                 MatrixView<float> out, int meeting, std::span<std::int32_t> facts, int threads) {
  Watch watch(meeting);
  std::atomic<std::int32_t> strange = 0;
  const RowOperation operation = [&](std::span<const float> row, std::span<float> result) {
    const Watch::Piece piece = watch.begin();
    const std::int64_t i = batch.stride > 0 ? (row.data() - batch.data) / batch.stride : 0;
    if (i < 0 || i >= batch.rows || row.data() != batch.row(i) || result.data() != out.row(i) ||
        std::ssize(row) != batch.cols || std::ssize(result) != out.cols) {
      ++strange;
      return;
    }
    const std::int32_t mine = work[static_cast<std::size_t>(i)];
    auto mixed = static_cast<std::uint32_t>(mine);
    for (std::size_t j = 0; j < row.size(); ++j) {
      mixed = worked(mixed ^ std::bit_cast<std::uint32_t>(row[j]), steps(mine));
      result[j] = as_float(mixed);
    }
    if (mine < 0) throw Thrown{i};
  };
  facts[4] = thrown_by([&] { batch_apply(batch, operation, out, threads); });
  facts[2] = watch.running();
  while (watch.running() > 0) std::this_thread::yield();  // they use what lives here
  facts[0] = watch.began();
  facts[1] = watch.most();
  facts[3] = strange;
}

void thread_pool(std::span<const std::int32_t> work, std::span<std::int32_t> results,
                 std::span<std::int32_t> order, std::span<std::int32_t> facts, int threads,
                 int rounds, int fanout, int meeting) {
  Watch watch(meeting);
  std::atomic<std::int64_t> ended = 0;
  ThreadPool* pool = nullptr;
  std::function<void(std::int64_t, std::int64_t, std::int64_t)> submit;
  const auto task = [&](std::int64_t begin, std::int64_t end, std::int64_t i) {
    const Watch::Piece piece = watch.begin();
    if (fanout > 0) {
      const std::int64_t first = begin + fanout * (i - begin) + 1;
      for (std::int64_t child = first; child < std::min(end, first + fanout); ++child) {
        submit(begin, end, child);
      }
    }
    const auto k = static_cast<std::size_t>(i);
    order[k] = piece.number;
    results[k] =
        static_cast<std::int32_t>(worked(static_cast<std::uint32_t>(work[k]), steps(work[k])));
    ++ended;
    if (work[k] < 0) throw Thrown{i};
  };
  submit = [&](std::int64_t begin, std::int64_t end, std::int64_t i) {
    pool->submit([&task, begin, end, i] { task(begin, end, i); });
  };

  const std::int64_t n = std::ssize(work);
  const std::int64_t parts = std::max(1, rounds);
  std::int64_t late = 0;
  {
    ThreadPool own(threads);
    pool = &own;
    for (std::int64_t part = 0; part < parts; ++part) {
      const std::int64_t begin = n * part / parts;
      const std::int64_t end = n * (part + 1) / parts;
      const std::int64_t here = fanout > 0 ? std::min(end, begin + 1) : end;
      for (std::int64_t i = begin; i < here; ++i) submit(begin, end, i);
      if (rounds > 0) {
        facts[3 + static_cast<std::size_t>(part)] = thrown_by([&] { own.wait(); });
        late += end - ended;
      }
    }
  }
  facts[0] = watch.began();
  facts[1] = watch.most();
  facts[2] = static_cast<std::int32_t>(late + n - ended);
}

namespace {

/// The source of a loader, and what it sees.
class Source {
 public:
  Source(std::span<const std::int32_t> work, std::int64_t width, std::int64_t held, int hold,
         std::int64_t enough)
      : work_(work), width_(width), held_(held), hold_(hold), enough_(enough) {}

  DataLoader::Item make(std::int64_t i) {
    const Watch::Piece piece = watch_.begin();
    raise(ahead_, piece.number + 1 - asked);
    if (stopped) ++late_;
    if (piece.number + 1 == enough_) begun_.set();
    if (i < hold_ && begun_.wait()) std::this_thread::sleep_for(kPause);
    if (i == held_) {
      holding.set();
      if (!released.wait()) gave_up = true;
    }
    const std::int32_t mine = work_[static_cast<std::size_t>(i)];
    auto mixed = worked(static_cast<std::uint32_t>(mine), steps(mine));
    if (mine < 0) throw Thrown{i};
    DataLoader::Item item(static_cast<std::size_t>(width_));
    for (float& x : item) x = as_float(mixed = worked(mixed, 1));
    return item;
  }
  /// Until so many items have begun; how many have.
  std::int32_t wait_until_begun() {
    if (enough_ > 0 && begun_.wait()) std::this_thread::sleep_for(kPause);
    return watch_.began();
  }
  void write(std::span<std::int32_t> facts) const {
    facts[0] = watch_.began();
    facts[1] = watch_.most();
    facts[2] = ahead_;
    facts[4] = late_;
  }

  std::atomic<std::int32_t> asked = 0;  // calls of next()
  std::atomic<bool> stopped = false, gave_up = false;
  Event holding;                                   // the item is held that next() is to wait for
  Event released{std::chrono::milliseconds(100)};  // not for long: another next() may wait for it

 private:
  const std::span<const std::int32_t> work_;
  const std::int64_t width_, held_;
  const int hold_;
  const std::int64_t enough_;
  Watch watch_;
  std::atomic<std::int32_t> ahead_ = 0, late_ = 0;
  Event begun_;
};

/// What next() gives, with the item in `row`.
std::int32_t next(DataLoader& loader, Source& source, std::span<float> row) {
  std::optional<DataLoader::Item> item;
  ++source.asked;
  if (const std::int32_t thrown = thrown_by([&] { item = loader.next(); }); thrown != 0) {
    return thrown;
  }
  if (!item) return -1;
  if (item->size() != row.size()) return -3;
  std::ranges::copy(*item, row.begin());
  return 0;
}

}  // namespace

void data_loader(std::span<const std::int32_t> work, MatrixView<float> out,
                 std::span<std::int32_t> facts, int producers, std::int64_t capacity,
                 std::int64_t take, int ending, int hold) {
  Source source(work, out.cols, ending == 3 ? take : -1, hold,
                std::min({std::ssize(work), capacity, std::int64_t{producers}}));
  std::vector<float> dropped(static_cast<std::size_t>(out.cols));
  {
    DataLoader loader([&source](std::int64_t i) { return source.make(i); }, std::ssize(work),
                      producers, capacity);
    facts[3] = hold == 0 ? source.wait_until_begun() : 0;
    for (std::int64_t i = 0; i < out.rows; ++i) {
      const std::span<float> row(out.row(i), dropped.size());
      std::ranges::fill(row, 0.0F);
      if (i < take) facts[6 + static_cast<std::size_t>(i)] = next(loader, source, row);
    }
    std::thread other;
    if (ending == 2) {
      for (int i = 0; i < 2; ++i) loader.stop();
      source.stopped = true;
    }
    if (ending == 3) {
      other = std::thread([&] {
        source.holding.wait();
        std::this_thread::sleep_for(kPause);  // for next() to wait
        loader.stop();
        source.released.set();
      });
    }
    facts[5] = ending == 1 ? -1 : next(loader, source, dropped);
    if (ending == 0 && facts[5] == -1) facts[5] = next(loader, source, dropped);
    if (source.gave_up) facts[5] = -1;  // an earlier next() waited for it: nothing was shown
    if (other.joinable()) other.join();
  }
  source.write(facts);
}

}  // namespace lab04
