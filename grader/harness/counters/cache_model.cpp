#include "counters/cache_model.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>

namespace rooflab::harness {
namespace {

// No line has this number, because a line has at least 4 bytes.
constexpr std::uint64_t kEmpty = std::numeric_limits<std::uint64_t>::max();

bool power_of_two(std::int64_t value) {
  return value > 0 && std::has_single_bit(static_cast<std::uint64_t>(value));
}

CacheGeometry validated(const CacheGeometry& geometry) {
  const auto [size, ways, line] = geometry;
  if (!power_of_two(line) || line < 4) {
    throw std::invalid_argument("a cache line must be a power of two of at least 4 bytes, not " +
                                std::to_string(line));
  }
  // Compared by division: a product of hostile numbers could overflow.
  if (ways < 1 || size < 1 || ways > size / line) {
    throw std::invalid_argument("a cache of " + std::to_string(size) + " bytes has no room for " +
                                std::to_string(ways) + " lines of " + std::to_string(line) +
                                " bytes");
  }
  if (size % (ways * line) != 0 || !power_of_two(geometry.sets())) {
    throw std::invalid_argument("a cache of " + std::to_string(size) +
                                " bytes cannot be cut into " + "a power of two of sets with " +
                                std::to_string(ways) + " lines of " + std::to_string(line) +
                                " bytes");
  }
  return geometry;
}

}  // namespace

CacheModel::CacheModel(const CacheGeometry& geometry)
    : geometry_(validated(geometry)),
      lines_(static_cast<std::size_t>(geometry.size_bytes / geometry.line_bytes), kEmpty) {}

CacheOutcome CacheModel::access(std::uint64_t address, std::int64_t bytes, Access kind) {
  const auto line_bytes = static_cast<std::uint64_t>(geometry_.line_bytes);
  const std::uint64_t last = (address + static_cast<std::uint64_t>(bytes) - 1) / line_bytes;
  bool hit = true;
  for (std::uint64_t line = address / line_bytes; line <= last; ++line) hit &= touch(line);
  ++(kind == Access::read ? counts_.reads : counts_.writes);
  if (hit) return CacheOutcome::hit;
  ++(kind == Access::read ? counts_.read_misses : counts_.write_misses);
  return CacheOutcome::miss;
}

void CacheModel::clear() {
  counts_ = CacheCounts{};
  std::ranges::fill(lines_, kEmpty);
}

// Whether the line was there. It is afterwards, as the one used last.
bool CacheModel::touch(std::uint64_t line) {
  const auto ways = static_cast<std::size_t>(geometry_.ways);
  const std::uint64_t set_index = line % static_cast<std::uint64_t>(geometry_.sets());
  const std::span<std::uint64_t> set(lines_.data() + set_index * ways, ways);
  auto place = std::ranges::find(set, line);
  const bool hit = place != set.end();
  if (!hit) place = std::prev(set.end());  // used longest ago, or empty
  std::rotate(set.begin(), place, std::next(place));
  set.front() = line;
  return hit;
}

}  // namespace rooflab::harness
