// The cache model: sequences that can be followed by hand, and a slower model that must agree.
#include <doctest/doctest.h>
#include <rooflab/matrix.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "counters/cache_model.h"
#include "counters/recording_view.h"

using rooflab::Matrix;
using rooflab::MatrixView;
using rooflab::harness::Access;
using rooflab::harness::CacheCounts;
using rooflab::harness::CacheGeometry;
using rooflab::harness::CacheModel;
using rooflab::harness::CacheOutcome;
using rooflab::harness::RecordingMatrixView;

namespace {

constexpr auto kHit = CacheOutcome::hit;
constexpr auto kMiss = CacheOutcome::miss;

CacheOutcome read(CacheModel& cache, std::uint64_t address, std::int64_t bytes = 4) {
  return cache.access(address, bytes, Access::read);
}

// Reads one float each `stride_bytes`, `count` of them, `passes` times over.
CacheCounts walk(CacheModel cache, std::int64_t stride_bytes, std::int64_t count, int passes) {
  for (int pass = 0; pass < passes; ++pass) {
    for (std::int64_t i = 0; i < count; ++i) {
      read(cache, static_cast<std::uint64_t>(i * stride_bytes));
    }
  }
  return cache.counts();
}

// The same cache, told the other way round: each line remembers when it was used last, and a set is
// whatever lines of it are in the map.
class NaiveCache {
 public:
  explicit NaiveCache(const CacheGeometry& geometry) : geometry_(geometry) {}

  CacheOutcome access(std::uint64_t address, std::int64_t bytes) {
    const auto line_bytes = static_cast<std::uint64_t>(geometry_.line_bytes);
    bool all_there = true;
    std::uint64_t last_line = std::numeric_limits<std::uint64_t>::max();
    for (std::int64_t i = 0; i < bytes; ++i) {
      const std::uint64_t line = (address + static_cast<std::uint64_t>(i)) / line_bytes;
      if (line == last_line) continue;
      last_line = line;
      all_there = use(line) && all_there;
    }
    return all_there ? kHit : kMiss;
  }

 private:
  bool use(std::uint64_t line) {
    const bool there = used_at_.contains(line);
    used_at_[line] = ++now_;
    const auto sets = static_cast<std::uint64_t>(geometry_.sets());
    std::int64_t in_set = 0;
    auto oldest = used_at_.end();
    for (auto it = used_at_.begin(); it != used_at_.end(); ++it) {
      if (it->first % sets != line % sets) continue;
      ++in_set;
      if (oldest == used_at_.end() || it->second < oldest->second) oldest = it;
    }
    if (in_set > geometry_.ways) used_at_.erase(oldest);
    return there;
  }

  CacheGeometry geometry_;
  std::map<std::uint64_t, std::int64_t> used_at_;
  std::int64_t now_ = 0;
};

template <class Source, class Target>
void copy_transposed(const Source& source, const Target& target) {
  for (std::int64_t i = 0; i < source.rows; ++i) {
    const auto row = source.row(i);
    for (std::int64_t j = 0; j < source.cols; ++j) target(j, i) = row[j];
  }
}

}  // namespace

TEST_SUITE("cache_model") {
  TEST_CASE("a line is missed once and then there, whole") {
    CacheModel cache({1024, 2, 64});
    CHECK(read(cache, 128) == kMiss);
    CHECK(read(cache, 128) == kHit);
    CHECK(read(cache, 188) == kHit);
    CHECK(read(cache, 192) == kMiss);
    CHECK(read(cache, 124) == kMiss);
    CHECK(cache.counts() == CacheCounts{5, 0, 3, 0});
  }
  TEST_CASE("a direct-mapped cache loses a line to each other line of its set") {
    CacheModel cache({256, 1, 64});  // four sets
    CHECK(read(cache, 0) == kMiss);
    CHECK(read(cache, 64) == kMiss);
    CHECK(read(cache, 256) == kMiss);  // set 0 again
    CHECK(read(cache, 0) == kMiss);
    CHECK(read(cache, 64) == kHit);  // set 1 was left alone
  }
  TEST_CASE("the line used longest ago makes way") {
    CacheModel cache({256, 4, 64});  // one set of four
    const auto read_line = [&](std::uint64_t line) { return read(cache, line * 64); };
    for (const std::uint64_t line : {0U, 1U, 2U, 3U}) CHECK(read_line(line) == kMiss);
    CHECK(read_line(0) == kHit);   // now 1 is the oldest
    CHECK(read_line(4) == kMiss);  // takes its place
    CHECK(read_line(0) == kHit);
    CHECK(read_line(2) == kHit);
    CHECK(read_line(3) == kHit);
    CHECK(read_line(1) == kMiss);  // and takes that of 4
    CHECK(read_line(4) == kMiss);
  }
  TEST_CASE("a write brings its line in") {
    CacheModel cache({256, 4, 64});
    CHECK(cache.access(0, 4, Access::write) == kMiss);
    CHECK(cache.access(4, 4, Access::write) == kHit);
    CHECK(read(cache, 8) == kHit);
    CHECK(cache.counts() == CacheCounts{1, 2, 0, 1});
    CHECK(cache.counts().accesses() == 3);
    CHECK(cache.counts().misses() == 1);
  }
  TEST_CASE("an access across a line's end uses both lines and misses at most once") {
    CacheModel cache({256, 4, 64});
    CHECK(read(cache, 60, 8) == kMiss);
    CHECK(cache.counts() == CacheCounts{1, 0, 1, 0});
    CHECK(read(cache, 0) == kHit);
    CHECK(read(cache, 64) == kHit);
    CHECK(read(cache, 124, 8) == kMiss);  // one of two was there
    CHECK(read(cache, 124, 8) == kHit);
    CHECK(read(cache, 0, 256) == kMiss);  // four lines at once
    CHECK(read(cache, 0, 256) == kHit);
  }
  TEST_CASE("clearing empties the cache and its counts") {
    CacheModel cache({256, 4, 64});
    read(cache, 0);
    cache.clear();
    CHECK(cache.counts() == CacheCounts{});
    CHECK(read(cache, 0) == kMiss);
  }
  TEST_CASE("a walk misses once a line, or once an element when steps are as long as lines") {
    const CacheModel cache({32768, 8, 64});
    for (const std::int64_t stride : {4, 8, 16, 32, 64, 128, 256, 4096}) {
      CAPTURE(stride);
      const std::int64_t count = 1000;
      const std::int64_t lines = stride < 64 ? (count * stride + 63) / 64 : count;
      CHECK(walk(cache, stride, count, 1).read_misses == lines);
    }
  }
  TEST_CASE("a second walk hits if the first fits, and misses everything if one line is too many") {
    const CacheModel cache({32768, 8, 64});
    CHECK(walk(cache, 64, 512, 3).read_misses == 512);
    // A whole line more in each set: LRU throws each line out just before it is needed.
    CHECK(walk(cache, 64, 512 + 64, 3).read_misses == 3 * (512 + 64));
    // Steps of 4 KiB stay in one set of 64: eight of 512 lines can be used.
    CHECK(walk(cache, 4096, 8, 3).read_misses == 8);
    CHECK(walk(cache, 4096, 9, 3).read_misses == 3 * 9);
  }
  TEST_CASE("agrees with a naive model on random traces") {
    std::mt19937 random(20);
    constexpr std::array<CacheGeometry, 6> kGeometries = {
        {{64, 1, 64}, {256, 1, 16}, {256, 2, 32}, {512, 8, 64}, {384, 3, 32}, {128, 32, 4}}};
    for (const CacheGeometry& geometry : kGeometries) {
      CacheModel cache(geometry);
      NaiveCache naive(geometry);
      CacheCounts expected;
      std::uniform_int_distribution<std::uint64_t> address(0, 1500);
      std::uniform_int_distribution<std::int64_t> bytes(1, 40);
      std::bernoulli_distribution writes(0.3);
      int disagreements = 0;
      for (int i = 0; i < 4000; ++i) {
        const std::uint64_t where = address(random);
        const std::int64_t size = bytes(random);
        const bool write = writes(random);
        const CacheOutcome outcome = naive.access(where, size);
        ++(write ? expected.writes : expected.reads);
        if (outcome == kMiss) ++(write ? expected.write_misses : expected.read_misses);
        const Access kind = write ? Access::write : Access::read;
        if (cache.access(where, size, kind) != outcome) ++disagreements;
      }
      CAPTURE(geometry.size_bytes);
      CHECK(disagreements == 0);
      CHECK(cache.counts() == expected);
    }
  }
  TEST_CASE("refuses what is no cache") {
    constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
    constexpr std::array<CacheGeometry, 12> kWrong = {{{0, 1, 64},
                                                       {-64, 1, 64},
                                                       {1024, 0, 64},
                                                       {1024, -1, 64},
                                                       {1024, 1, 0},
                                                       {1024, 1, -64},
                                                       {1024, 1, 48},
                                                       {1024, 1, 2},
                                                       {1024, 32, 64},
                                                       {1024, 3, 64},
                                                       {192, 1, 64},
                                                       {1024, kHuge, 64}}};
    for (const CacheGeometry& geometry : kWrong) {
      CAPTURE(geometry.size_bytes);
      CAPTURE(geometry.ways);
      CAPTURE(geometry.line_bytes);
      CHECK_THROWS_AS(CacheModel{geometry}, std::invalid_argument);
    }
    CHECK(CacheModel({49152, 12, 64}).geometry().sets() == 64);
  }
}

TEST_SUITE("recording_view") {
  TEST_CASE("reads and writes go to the elements and are counted") {
    const Matrix<float> matrix(2, 3);
    CacheModel cache({256, 4, 64});
    const RecordingMatrixView view(matrix.view(), cache);
    view(1, 2) = 5;
    CHECK(matrix(1, 2) == 5);
    CHECK(cache.counts() == CacheCounts{0, 1, 0, 1});
    const float value = view(1, 2);
    CHECK(value == 5);
    CHECK(cache.counts() == CacheCounts{1, 1, 0, 1});
    view(1, 2) += 2;  // reads and writes
    CHECK(matrix(1, 2) == 7);
    CHECK(cache.counts() == CacheCounts{2, 2, 0, 1});
    view(0, 0) = view(1, 2);
    CHECK(matrix(0, 0) == 7);
    CHECK(cache.counts() == CacheCounts{3, 3, 0, 1});
    view.row(1)[0] = -1;
    *view.row(0) *= 2;
    *(view.row(0) + 1) -= 3;
    CHECK(matrix(1, 0) == -1);
    CHECK(matrix(0, 0) == 14);
    CHECK(matrix(0, 1) == -3);
  }
  TEST_CASE("a view that only reads cannot be assigned through") {
    using Reading = decltype(RecordingMatrixView<const float>(MatrixView<const float>{},
                                                              std::declval<CacheModel&>())(0, 0));
    using Writing = decltype(RecordingMatrixView<float>(MatrixView<float>{},
                                                        std::declval<CacheModel&>())(0, 0));
    static_assert(!std::is_assignable_v<Reading, float>);
    static_assert(std::is_assignable_v<Writing, float>);
    static_assert(std::is_convertible_v<Reading, float>);
  }
  TEST_CASE("a template kernel computes the same, and its misses are those of its loop order") {
    constexpr std::int64_t kSize = 32;  // rows of two lines
    const Matrix<float> source(kSize, kSize), plain(kSize, kSize), recorded(kSize, kSize);
    for (std::int64_t i = 0; i < kSize * kSize; ++i) source.view().data[i] = static_cast<float>(i);
    copy_transposed(source.view(), plain.view());
    CacheModel cache({1024, 16, 64});
    copy_transposed(RecordingMatrixView(source.view(), cache, 0),
                    RecordingMatrixView(recorded.view(), cache, 1 << 20));
    CHECK(std::ranges::equal(std::span(plain.view().data, kSize * kSize),
                             std::span(recorded.view().data, kSize * kSize)));
    // Down the target, 32 lines pass through 16 places: each write misses, and each line of the
    // source is fetched once, because it is used between any two writes.
    CHECK(cache.counts() == CacheCounts{kSize * kSize, kSize * kSize, 2 * kSize, kSize * kSize});
  }
  TEST_CASE("addresses follow the view's stride") {
    const Matrix<float> whole(4, 64);
    const MatrixView<const float> part{whole.view().data + 8, 4, 8, 64};
    CacheModel cache({1024, 16, 64});
    const RecordingMatrixView view(part, cache, 32);
    for (std::int64_t i = 0; i < part.rows; ++i) {
      for (std::int64_t j = 0; j < part.cols; ++j) static_cast<void>(float(view(i, j)));
    }
    CHECK(cache.counts() == CacheCounts{32, 0, 4, 0});  // bytes 32 to 63 of one line in each row
  }
}
