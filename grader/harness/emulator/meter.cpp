#include "emulator/meter.h"

#include <sys/mman.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "emulator/pages.h"

namespace rooflab::harness {
namespace {

constexpr std::int64_t kWidest = 16;  // bytes that one instruction of the emulated processors moves

template <class T>
T need(Measured<T> measured) {
  if (auto* failure = std::get_if<Unmeasured>(&measured)) throw CannotCount(failure->reason);
  return std::get<T>(std::move(measured));
}

CounterSet counters() {
  return need(
      CounterSet::create({std::string(kAccesses), std::string(kD1Misses), std::string(kLLMisses)}));
}

}  // namespace

Meter::Meter(const CacheGeometry& d1, const CacheGeometry& ll)
    : d1_(d1), ll_(ll), events_(d1_, &ll_), counters_(counters()) {}

void Meter::keep_sites(std::uint64_t code_begin, std::uint64_t code_end) {
  // As sparse as the code that runs: a vector would touch all of it.
  const auto memory = reserve(page_end((code_end - code_begin) * sizeof(Site)));
  code_begin_ = code_begin;
  sites_ = {reinterpret_cast<Site*>(memory.data()), code_end - code_begin};
}

void Meter::access(std::uint64_t address, std::int64_t bytes, Access kind) {
  if (kind == Access::read && is_part(address, bytes)) return;
  const auto size = static_cast<std::uint64_t>(bytes);
  if (kind == Access::read && address % kPageBytes + size > kPageBytes) {
    split_ = {address, bytes, kind};
  }
  const bool goes_on = pending_.bytes > 0 && kind == pending_.kind &&
                       address == pending_.address + static_cast<std::uint64_t>(pending_.bytes) &&
                       pending_.bytes + bytes <= kWidest;
  if (goes_on) {
    pending_.bytes += bytes;
    return;
  }
  if (pending_.bytes > 0) count_pending();
  pending_ = {address, bytes, kind};
}

// Whether this is one of the two aligned loads that the split one is made of.
bool Meter::is_part(std::uint64_t address, std::int64_t bytes) const {
  const auto size = static_cast<std::uint64_t>(bytes);
  const std::uint64_t first = split_.address / size * size;
  return bytes == split_.bytes && (address == first || address == first + size);
}

void Meter::count_pending() {
  const auto [address, bytes, kind] = std::exchange(pending_, Pending{});
  split_ = Pending{};
  ++site_->accesses;
  if (d1_.access(address, bytes, kind) == CacheOutcome::hit) return;
  ++site_->d1_misses;
  ll_.access(address, bytes, kind);
}

void Meter::start() {
  if (pending_.bytes > 0) count_pending();
  d1_.clear();
  ll_.clear();
  const auto bytes = std::as_writable_bytes(sites_);
  if (!bytes.empty()) madvise(bytes.data(), page_end(bytes.size()), MADV_DONTNEED);
  instructions_before_ = instructions_;
  if (const auto failure = counters_.start()) throw CannotCount(failure->reason);
}

void Meter::stop(Emulation& record) {
  if (pending_.bytes > 0) count_pending();
  const Counts counts = need(counters_.stop());
  record.accesses = counts.at(std::string(kAccesses));
  record.d1_misses = counts.at(std::string(kD1Misses));
  record.ll_misses = counts.at(std::string(kLLMisses));
  record.instructions = instructions_ - instructions_before_;

  std::vector<CountedSite> found;
  for (std::size_t i = 0; i < sites_.size(); ++i) {
    const auto [accesses, misses] = sites_[i];
    if (accesses > 0) found.push_back({code_begin_ + i, accesses, misses});
  }
  std::ranges::sort(found, [](const CountedSite& one, const CountedSite& other) {
    return std::pair(-one.d1_misses, one.pc) < std::pair(-other.d1_misses, other.pc);
  });
  record.site_count = static_cast<std::uint32_t>(std::min(found.size(), kMaxSites));
  std::copy_n(found.begin(), record.site_count, record.sites.begin());
  record.counted = 1;
}

}  // namespace rooflab::harness
