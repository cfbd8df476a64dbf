// CacheModel: one level of cache, small enough to check by hand.
//
// Memory is cut into lines. Line n may only lie in set n mod sets, which has room for `ways` lines;
// when a set is full, the line that was used longest ago makes way (LRU). A write brings its line
// in as a read does (write-allocate). There is no prefetcher, no second level and no address
// translation: what is left is the effect that loop order and tiles have, the same on every
// machine.
//
//   address  | line number ......................... | byte in line |
//                         | set = line mod sets |
//
// An access that crosses a line's end counts once, and as one miss if any of its lines was missing:
// callgrind counts so too, and a test compares with it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rooflab::harness {

/// Bytes in all, lines in a set, bytes in a line: 32768, 8, 64 is a usual first-level data cache.
struct CacheGeometry {
  std::int64_t size_bytes = 0;
  std::int64_t ways = 0;        // 1: direct-mapped; size_bytes / line_bytes: fully associative
  std::int64_t line_bytes = 0;  // a power of two, at least 4

  [[nodiscard]] std::int64_t sets() const { return size_bytes / (ways * line_bytes); }
};

struct CacheCounts {
  std::int64_t reads = 0;
  std::int64_t writes = 0;
  std::int64_t read_misses = 0;
  std::int64_t write_misses = 0;

  [[nodiscard]] std::int64_t accesses() const { return reads + writes; }
  [[nodiscard]] std::int64_t misses() const { return read_misses + write_misses; }
  bool operator==(const CacheCounts&) const = default;
};

enum class Access { read, write };
enum class CacheOutcome { hit, miss };

class CacheModel {
 public:
  /// An empty cache. Throws std::invalid_argument unless the line is a power of two of at least 4
  /// bytes, there is at least one way, and the size makes a power of two of sets.
  explicit CacheModel(const CacheGeometry& geometry);

  /// `bytes` bytes from `address` on. Precondition: bytes > 0, and they end below 2^64.
  CacheOutcome access(std::uint64_t address, std::int64_t bytes, Access kind);

  /// Empties the cache and starts counting at zero.
  void clear();

  [[nodiscard]] const CacheCounts& counts() const { return counts_; }
  [[nodiscard]] const CacheGeometry& geometry() const { return geometry_; }

 private:
  [[nodiscard]] bool touch(std::uint64_t line);

  CacheGeometry geometry_;
  CacheCounts counts_;
  std::vector<std::uint64_t> lines_;  // set after set; in a set, the line used last comes first
};

}  // namespace rooflab::harness
