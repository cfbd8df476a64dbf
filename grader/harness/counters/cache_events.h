// CacheEvents: a cache model's counts as software-defined events, which PAPI reads as it reads a
// processor's counters.
//
//   CacheModel d1({32768, 8, 64});
//   const CacheEvents events(d1);                         // sde:::rooflab::D1_MISSES, …
//   CounterSet::create({std::string(kD1Misses)}) …        // or PAPI's own functions
//
// So code that counts through PAPI can be run, taught and tested where the machine has no counters.
#pragma once

#include <array>
#include <string_view>

#include "counters/cache_model.h"

namespace rooflab::harness {

inline constexpr std::string_view kAccesses = "sde:::rooflab::ACCESSES";
inline constexpr std::string_view kD1Misses = "sde:::rooflab::D1_MISSES";
inline constexpr std::string_view kD1ReadMisses = "sde:::rooflab::D1_READ_MISSES";
inline constexpr std::string_view kD1WriteMisses = "sde:::rooflab::D1_WRITE_MISSES";
// Of a last level, where one is shown.
inline constexpr std::string_view kLLMisses = "sde:::rooflab::LL_MISSES";
// Of the first level.
inline constexpr std::array kCacheEvents = {kAccesses, kD1Misses, kD1ReadMisses, kD1WriteMisses};

/// While it lives, the events show these models' counts: of a first level and, if there is one, of
/// a last level behind it. They show one pair at a time, to the thread that feeds it. Afterwards
/// the names stay (libsde 1.0 corrupts its heap when one is taken back), and counting them is
/// refused instead of giving a plausible 0.
class CacheEvents {
 public:
  /// The models must outlive it. Throws std::logic_error while another one lives, and
  /// std::runtime_error when libsde does not take the events.
  explicit CacheEvents(const CacheModel& d1, const CacheModel* ll = nullptr);
  CacheEvents(const CacheEvents&) = delete;
  CacheEvents& operator=(const CacheEvents&) = delete;
  ~CacheEvents();
};

}  // namespace rooflab::harness
