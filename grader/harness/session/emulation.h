// What the harness and its emulator tell each other about one emulated worker.
//
// An emulated worker is a worker like any other to the harness: a process that stops itself to say
// "ready" and "done", prints, and may die. The process is rooflab_emulator (emulator/), which runs
// the worker's program on a processor made of software and counts its loads and stores:
//
//   harness                        rooflab_emulator (confined)            guest: the submission
//   ───────                        ────────────────────────────           ─────────────────────
//   arena ────────────────────────▶ maps it into the guest ─────────────▶ kernels read and write it
//   Emulation: caches, limits ────▶
//   SIGCONT ──────────────────────▶ empties the caches, counts ─────────▶ runs the call
//   waits for its stop ◀─────────── writes the counts down, stops ◀────── stops itself
//   Emulation: counts ◀───────────
//
// The guest has no address for anything but its own memory and the arena, so it cannot reach this
// page, the model or the operating system.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "counters/cache_model.h"
#include "sandbox/descriptor.h"
#include "worker/protocol.h"

namespace rooflab::harness {

/// The instruction that loaded and stored.
struct CountedSite {
  std::uint64_t pc = 0;
  std::int64_t accesses = 0;
  std::int64_t d1_misses = 0;
};

/// More instructions with misses than any lab's kernels have; what is over is in the totals only.
inline constexpr std::size_t kMaxSites = 16384;

struct Emulation {
  // Harness to emulator.
  CacheGeometry d1, ll;
  std::int64_t max_instructions = 0;
  // Emulator to harness, of the last call. The first three are read through PAPI.
  std::int64_t accesses = 0;
  std::int64_t d1_misses = 0;
  std::int64_t ll_misses = 0;
  std::int64_t instructions = 0;
  std::int32_t counted = 0;  // whether there has been a call
  std::uint32_t site_count = 0;
  std::array<CountedSite, kMaxSites> sites{};  // those with the most misses first
  // What ended the guest; and in words, where its signal does not say it.
  Fault fault;
  std::array<char, 160> why{};
};

/// The harness's side: the program that is emulated, and the page.
class Emulated {
 public:
  /// Throws std::system_error when the program cannot be opened.
  Emulated(const std::string& program, const CacheGeometry& d1, const CacheGeometry& ll,
           std::int64_t max_instructions);

  [[nodiscard]] int program_fd() const { return program_.get(); }
  [[nodiscard]] int page_fd() const { return page_fd_.get(); }
  [[nodiscard]] const Emulation& record() const {
    return *reinterpret_cast<const Emulation*>(page_.bytes().data());
  }
  /// `why` as text.
  [[nodiscard]] std::string why() const;

 private:
  Fd program_, page_fd_;
  Mapping page_;
};

}  // namespace rooflab::harness
