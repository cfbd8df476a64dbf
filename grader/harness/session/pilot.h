// Pilot: a fixed piece of work that tells how fast a processor is just now.
//
// On a shared host a processor slows down without a sign in its accounts: a neighbour takes its
// caches, its other hyperthread or its clock, and the same call takes up to twice the CPU time, for
// seconds. The same work just before and after a call shows it.
#pragma once

#include <cstdint>

namespace rooflab::harness {

/// CPU time of about 0.1 ms of work on the processor that this thread runs on: loads, arithmetic
/// and stores, one number at a time, in the first-level cache. Beside a busy hyperthread it takes
/// 1.4 to 2.2 times as long, as the kernels do; arithmetic alone would take 1.1 times.
[[nodiscard]] std::int64_t run_pilot();

/// The same on all `processors` at once, a bit for each: the longest. Two that are hyperthreads of
/// one core, on a host that moved them there, are beside a busy one.
[[nodiscard]] std::int64_t run_pilots(std::uint64_t processors);

}  // namespace rooflab::harness
