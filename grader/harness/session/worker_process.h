// WorkerProcess: one worker, from launch to its end, and one call from go to confirmed stop.
#pragma once

#include <rooflab/testing/core/kernel_failure.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "sandbox/sandbox.h"
#include "session/allowance.h"
#include "session/arena.h"
#include "session/emulation.h"
#include "session/observer.h"

namespace rooflab::harness {

/// The worker could not be started: the machine's fault, or that of code which runs before main.
struct LaunchError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Why a call has no result.
using testing::KernelFailure;

/// What one call cost, between go and the confirmed stop.
struct CallCost {
  std::int64_t wall_ns = 0;
  std::int64_t cpu_ns = 0;        // of all threads, charged by the operating system
  std::int64_t run_delay_ns = 0;  // runnable, but waiting for a processor
  std::int64_t pilot_ns = 0;      // the mean of those before and after; 0: none was run

  /// Wall time without what others cause. Many threads can wait longer than time goes by; but when
  /// they do, they compute.
  [[nodiscard]] std::chrono::nanoseconds own() const;
};

/// How long a call may take before it counts as hung. `own` ends even a worker that sleeps: it is
/// wall time without the waiting for a processor, which other programs cause.
struct Deadline {
  std::chrono::nanoseconds cpu = std::chrono::seconds(3);
  std::chrono::nanoseconds own = std::chrono::seconds(10);
};

class WorkerProcess {
 public:
  /// Starts `program` in its sandbox. With `emulated` it is the emulator, which runs that program.
  /// Its further threads are spread over `processors`, a bit for each, if there are any.
  /// Arena, allowance and `emulated` must outlive the worker. Throws LaunchError, or KernelFailure
  /// when it is no program that can be started.
  WorkerProcess(int program_fd, Arena& arena, const Policy& policy, Allowance& allowance,
                bool populate = false, const Emulated* emulated = nullptr,
                std::uint64_t processors = 0);
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;
  /// Kills the worker with all its threads and waits until it is gone.
  ~WorkerProcess();

  /// Waits for its first stop; only then may a request be put into the arena. Throws KernelFailure
  /// when the submission's own code failed before main.
  void wait_until_ready();
  /// Runs the request in the arena's control page. The worker is stopped when this returns. Throws
  /// KernelFailure when the worker did not come to its stop; it is gone then.
  CallCost call(const Deadline& deadline, Observer* observer = nullptr);

  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  void launch(int program_fd, Sandbox& sandbox);
  CallCost wait_for_stop(const Deadline& deadline, const CallCost& before);
  [[nodiscard]] std::optional<std::string> drain_output();
  bool rung() const;  // since it was last asked
  [[noreturn]] void gone(int status);
  [[noreturn]] void end(std::string reason, const std::string& what, const CallCost& before,
                        const std::string& threads = "");
  [[nodiscard]] std::string stopped_threads() const;
  [[nodiscard]] CallCost clocks() const;
  [[nodiscard]] CallCost since(const CallCost& before) const;
  [[nodiscard]] std::int64_t cpu_ns() const;
  [[nodiscard]] std::int64_t run_delay_ns() const;
  void kill();

  Arena& arena_;
  Allowance& allowance_;
  Defences defences_;
  pid_t pid_ = -1;
  clockid_t cpu_clock_{};
  Fd bell_;
  Fd output_;  // what the worker prints: counted, and passed on to standard error
  Fd child_signals_;
  std::size_t printed_ = 0;
  const Emulated* emulated_;
  bool ready_ = false;
};

}  // namespace rooflab::harness
