#include "emulator/address_space.h"

#include <sys/mman.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace rooflab::harness {

bool AddressSpace::place(std::uint64_t address, std::span<std::byte> host, std::uint32_t access) {
  const auto next = regions_.lower_bound(address);
  if (next != regions_.end() && next->first < address + host.size()) return false;
  if (next != regions_.begin()) {
    const auto& [begin, before] = *std::prev(next);
    if (begin + before.host.size() > address) return false;
  }
  attach(address, {host, access});
  return true;
}

bool AddressSpace::take(const Area& area, std::uint64_t address, std::uint64_t bytes,
                        std::uint32_t access) {
  return area.holds(address, bytes) &&
         place(address, {area.host + (address - area.begin), bytes}, access);
}

std::optional<std::uint64_t> AddressSpace::highest_free(const Area& area,
                                                        std::uint64_t bytes) const {
  std::uint64_t end = area.end;
  for (auto it = regions_.lower_bound(area.end); it != regions_.begin();) {
    --it;
    const auto& [begin, region] = *it;
    const std::uint64_t region_end = begin + region.host.size();
    if (region_end <= area.begin) break;
    if (end - region_end >= bytes) return end - bytes;
    end = begin;
  }
  if (end - area.begin >= bytes) return end - bytes;
  return std::nullopt;
}

void AddressSpace::remove(const Area& area, std::uint64_t address, std::uint64_t bytes) {
  split_at(address);
  split_at(address + bytes);
  auto it = regions_.lower_bound(address);
  while (it != regions_.end() && it->first < address + bytes) {
    uc_mem_unmap(engine_, it->first, it->second.host.size());
    it = regions_.erase(it);
  }
  madvise(area.host + (address - area.begin), bytes, MADV_DONTNEED);
}

bool AddressSpace::protect(std::uint64_t address, std::uint64_t bytes, std::uint32_t access) {
  split_at(address);
  split_at(address + bytes);
  std::uint64_t next = address;
  for (auto it = regions_.find(address); next < address + bytes; ++it) {
    if (it == regions_.end() || it->first != next) return false;
    Region region = it->second;
    next += region.host.size();
    if (region.access == access) continue;
    region.access = access;
    uc_mem_unmap(engine_, it->first, region.host.size());
    attach(it->first, region);
  }
  return true;
}

bool AddressSpace::read(std::uint64_t address, std::span<std::byte> to) const {
  while (!to.empty()) {
    const auto from = run_at(address, to.size(), UC_PROT_READ);
    if (from.empty()) return false;
    std::ranges::copy(from, to.begin());
    to = to.subspan(from.size());
    address += from.size();
  }
  return true;
}

bool AddressSpace::write(std::uint64_t address, std::span<const std::byte> from) const {
  while (!from.empty()) {
    const auto to = run_at(address, from.size(), UC_PROT_WRITE);
    if (to.empty()) return false;
    std::ranges::copy(from.first(to.size()), to.begin());
    from = from.subspan(to.size());
    address += to.size();
  }
  return true;
}

std::span<std::byte> AddressSpace::run_at(std::uint64_t address, std::size_t bytes,
                                          std::uint32_t access) const {
  const auto after = regions_.upper_bound(address);
  if (after == regions_.begin()) return {};
  const auto& [begin, region] = *std::prev(after);
  const std::uint64_t offset = address - begin;
  if (offset >= region.host.size() || (region.access & access) != access) return {};
  return region.host.subspan(offset, std::min(bytes, region.host.size() - offset));
}

// Unicorn could split regions itself, but copies them for it: shared memory would not be shared
// any more.
void AddressSpace::split_at(std::uint64_t address) {
  auto after = regions_.lower_bound(address);
  if (after == regions_.begin()) return;
  const auto& [begin, region] = *std::prev(after);
  const std::uint64_t head = address - begin;
  if (head >= region.host.size()) return;
  const Region whole = region;
  const std::uint64_t start = begin;
  uc_mem_unmap(engine_, start, whole.host.size());
  attach(start, {whole.host.first(head), whole.access});
  attach(address, {whole.host.subspan(head), whole.access});
}

void AddressSpace::attach(std::uint64_t address, const Region& region) {
  const uc_err error =
      uc_mem_map_ptr(engine_, address, region.host.size(), region.access, region.host.data());
  if (error != UC_ERR_OK) throw std::runtime_error(uc_strerror(error));
  regions_.insert_or_assign(address, region);
}

}  // namespace rooflab::harness
