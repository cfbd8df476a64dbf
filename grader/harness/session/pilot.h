// Pilot: a fixed piece of work that tells how fast a processor is just now.
//
// On a shared host a processor slows down without a sign in its accounts: a neighbour takes its
// caches, its other hyperthread or its clock, and the same call takes up to twice the CPU time, for
// seconds. The same work just before and after a call shows it.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <cstdint>

namespace rooflab::harness {

/// CPU time of about 0.1 ms of scalar arithmetic on numbers in the first-level cache, on the
/// processor that this thread runs on.
[[nodiscard]] std::int64_t run_pilot();

/// Keeps this thread and a worker on the processor where this thread is, until it is destroyed: the
/// pilot then tells of the processor that the worker runs on. Where the system does not allow it,
/// nothing is kept.
class SameProcessor {
 public:
  explicit SameProcessor(pid_t worker);
  SameProcessor(const SameProcessor&) = delete;
  SameProcessor& operator=(const SameProcessor&) = delete;
  ~SameProcessor();

 private:
  cpu_set_t before_{};
};

}  // namespace rooflab::harness
