// AddressSpace: what lies where in a guest's memory. Every byte of it is memory of this process
// that was put there on purpose; there is nothing else that a guest could reach.
#pragma once

#include <unicorn/unicorn.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "emulator/pages.h"

namespace rooflab::harness {

/// Addresses that memory may be taken from, [begin, end); the memory behind them is reserved.
struct Area {
  std::uint64_t begin = 0, end = 0;
  std::byte* host = nullptr;

  [[nodiscard]] bool holds(std::uint64_t address, std::uint64_t bytes) const {
    return address >= begin && address <= end && bytes <= end - address;
  }
};

/// Addresses and sizes are whole pages; protections are Unicorn's.
class AddressSpace {
 public:
  explicit AddressSpace(uc_engine* engine) : engine_(engine) {}

  /// Puts memory of this process there. False when something is there already.
  [[nodiscard]] bool place(std::uint64_t address, std::span<std::byte> host, std::uint32_t access);
  /// The same with an area's own memory.
  [[nodiscard]] bool take(const Area& area, std::uint64_t address, std::uint64_t bytes,
                          std::uint32_t access);
  /// The highest free addresses of an area, if any. bytes > 0.
  [[nodiscard]] std::optional<std::uint64_t> highest_free(const Area& area,
                                                          std::uint64_t bytes) const;
  /// Takes away what lies there, and forgets its content.
  void remove(const Area& area, std::uint64_t address, std::uint64_t bytes);
  /// False unless all of it is there.
  [[nodiscard]] bool protect(std::uint64_t address, std::uint64_t bytes, std::uint32_t access);

  /// Copies what the guest may read, and to where it may write; false when not all of it is such.
  [[nodiscard]] bool read(std::uint64_t address, std::span<std::byte> to) const;
  [[nodiscard]] bool write(std::uint64_t address, std::span<const std::byte> from) const;

 private:
  struct Region {
    std::span<std::byte> host;
    std::uint32_t access;
  };
  using Regions = std::map<std::uint64_t, Region>;

  /// The longest run of bytes from there on, of at most `bytes`, that allows `access`.
  [[nodiscard]] std::span<std::byte> run_at(std::uint64_t address, std::size_t bytes,
                                            std::uint32_t access) const;
  void split_at(std::uint64_t address);
  void attach(std::uint64_t address, const Region& region);

  uc_engine* engine_;
  Regions regions_;
};

}  // namespace rooflab::harness
