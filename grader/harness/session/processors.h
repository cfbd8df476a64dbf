// On which processors the harness is while a worker runs. Where the system does not let it choose,
// it stays where it is.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace rooflab::harness {

/// Gives this thread its processors back when it is destroyed.
class Processors {
 public:
  Processors();
  Processors(const Processors&) = delete;
  Processors& operator=(const Processors&) = delete;
  ~Processors();

 protected:
  [[nodiscard]] const cpu_set_t& before() const { return before_; }

 private:
  cpu_set_t before_{};
};

/// Keeps this thread and a worker on the processor where this thread is: the pilot then tells of
/// the processor that the worker runs on.
class SameProcessor : Processors {
 public:
  explicit SameProcessor(pid_t worker);
};

/// Keeps a thread, this one if it is 0, on one processor.
void keep_on(std::size_t processor, pid_t thread = 0);

/// The processors of this process, a bit for each, if so many threads need all of them; else 0: of
/// more, the operating system had better choose, for some are busy, slow, or another one's half.
[[nodiscard]] std::uint64_t processors_for_each(int threads);

/// Keeps this thread off the processor on which a worker's first thread will go on. Else that
/// thread may be moved to where another one of the worker's is about to go on, and Linux often
/// leaves the two together, beside an idle processor, until the call is over. A worker whose
/// threads are spread over some processors goes on on the first of them.
class OtherProcessors : Processors {
 public:
  explicit OtherProcessors(pid_t worker, std::uint64_t spread = 0);
};

}  // namespace rooflab::harness
