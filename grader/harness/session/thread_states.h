// What the threads of a worker are doing when a call does not come back, as /proc tells it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace rooflab::harness {

/// One thread. `waits_in` is the system call that it sleeps in; empty: it was computing.
/// `addresses` are where it stands and where the calls around that will return to (each the last
/// byte of a call instruction), innermost first: what lies on its stack and looks like it, so that
/// one of them may be left from an earlier call. Nothing but words for an explanation is made of
/// them, for a worker can write on its stack what it likes.
struct ThreadState {
  std::string waits_in;
  std::vector<std::uint64_t> addresses;
};

/// Each thread of a process whose threads all stand still, in the order in which they were started;
/// none where this system does not let us look.
[[nodiscard]] std::vector<ThreadState> thread_states(pid_t pid);

/// As one line, which grader/rooflab/measure/thread_states.py reads: "futex 0x40130f 0x4011aa;
/// computing 0x40152c".
[[nodiscard]] std::string as_text(const std::vector<ThreadState>& states);

/// Whether every thread is asleep until another one wakes it, with no time limit. Threads are asked
/// one after another: it is true only if none of them computed meanwhile. False where this system
/// does not let us look.
[[nodiscard]] bool all_wait_for_each_other(pid_t pid);

}  // namespace rooflab::harness
