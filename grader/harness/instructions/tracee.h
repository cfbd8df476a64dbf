// A traced worker: one step, one interruption, its registers and its memory.
//
// Theory of operation. The harness is the worker's parent and becomes its tracer while it is
// stopped (PTRACE_SEIZE: no signal tells the worker). From then on every stop of the worker comes
// to the tracer first:
//
//   trapped    it made the step that it was told to make, or was interrupted
//   signalled  a signal is about to reach it, such as the SIGSTOP by which it says "done"
//   gone       it ended; that is left for WorkerProcess to collect
//
// detach() passes a signal on and lets it go: from then on, it stops and ends as untraced.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>

namespace rooflab::harness {

/// This system does not let the harness trace its workers.
struct NotTraceable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Registers {
  std::uint64_t pc = 0;
  std::uint64_t call = 0;        // the number of the system call that it is about to make,
  std::uint64_t descriptor = 0;  // of a write, to where,
  std::uint64_t signal = 0;      // and of a tgkill, the signal
};

/// Whether the harness may trace a worker that runs as another user. Root in a container often may
/// not: such a worker then has to stay the harness's own user (Policy::own_user).
[[nodiscard]] bool may_trace_other_users();

class Tracee {
 public:
  enum class Stop { trapped, signalled, gone };

  /// Takes a stopped worker. Throws NotTraceable.
  explicit Tracee(pid_t pid);
  Tracee(const Tracee&) = delete;
  Tracee& operator=(const Tracee&) = delete;
  ~Tracee() { detach(); }

  // Of a worker that is stopped.
  [[nodiscard]] Registers registers() const;
  /// Reads what is there of its memory from `address` on: less than asked for at the end of a page.
  [[nodiscard]] std::span<std::byte> read(std::uint64_t address, std::span<std::byte> into) const;
  /// One instruction.
  Stop step();
  void go_on();
  /// The signal that is about to reach it; 0 when there is none.
  [[nodiscard]] int signal() const { return signal_; }
  void detach();

  // Of one that runs.
  /// Stops it, unless it comes to a stop by itself before.
  Stop interrupt();
  Stop wait();

 private:
  void resume(int request);

  pid_t pid_;
  int signal_ = 0;
  bool attached_ = true;
};

}  // namespace rooflab::harness
