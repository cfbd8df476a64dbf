// Meter: counts what a guest's instructions load and store, in a first- and a last-level cache.
//
// Unicorn reports each access in pieces of at most 8 bytes, without saying by which instruction,
// but it announces each instruction. So the pieces of one instruction are put together first:
//
//   announced   instruction(pc)
//   reported    load 8 at 0x1038, load 8 at 0x1040        the halves of a 16-byte load
//   counted     one access of 16 bytes, which crosses a line
//
// A load that crosses a page may be reported three times: whole, and as the two aligned loads that
// it is made of. Those are left out.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <stdexcept>

#include "counters/cache_events.h"
#include "counters/cache_model.h"
#include "counters/papi_counters.h"
#include "session/emulation.h"

namespace rooflab::harness {

/// PAPI does not count.
struct CannotCount : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Meter {
 public:
  /// Throws std::invalid_argument when a cache is impossible, and CannotCount.
  Meter(const CacheGeometry& d1, const CacheGeometry& ll);
  /// From now on, counts are also kept for each instruction in [code_begin, code_end).
  void keep_sites(std::uint64_t code_begin, std::uint64_t code_end);

  /// The guest is about to execute this instruction.
  void instruction(std::uint64_t pc) {
    ++instructions_;
    if (pending_.bytes > 0) count_pending();
    const std::uint64_t offset = pc - code_begin_;
    site_ = offset < sites_.size() ? &sites_[offset] : &elsewhere_;
  }
  /// A piece of an access by the instruction that was announced last.
  void access(std::uint64_t address, std::int64_t bytes, Access kind);

  /// Empties the caches and counts from zero. Throws CannotCount.
  void start();
  /// Writes down what was counted since. Throws CannotCount.
  void stop(Emulation& record);

  /// Since the guest's first instruction.
  [[nodiscard]] std::int64_t instructions() const { return instructions_; }

 private:
  struct Site {
    std::int64_t accesses = 0;
    std::int64_t d1_misses = 0;
  };
  struct Pending {
    std::uint64_t address = 0;
    std::int64_t bytes = 0;
    Access kind = Access::read;
  };
  [[nodiscard]] bool is_part(std::uint64_t address, std::int64_t bytes) const;
  void count_pending();

  CacheModel d1_, ll_;
  CacheEvents events_;
  CounterSet counters_;
  std::uint64_t code_begin_ = 0;
  std::span<Site> sites_;
  Site elsewhere_;
  Site* site_ = &elsewhere_;
  Pending pending_;
  Pending split_;  // the load of this instruction that crossed a page, if any
  std::int64_t instructions_ = 0;
  std::int64_t instructions_before_ = 0;
};

}  // namespace rooflab::harness
