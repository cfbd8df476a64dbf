// Counting with PAPI: what the harness needs of it, and nothing that can turn a failure into a
// number.
//
// Two kinds of events go through the same calls. *Hardware* events (PAPI_L1_DCM, …) are counted by
// the processor for one process and can be attached to another one:
//
//   harness                                          worker
//   attach to its pid, start ······················· stopped
//   go() ────────────────────────────────────────▶   runs the call; its counters run with it
//   stop, read ◀──────────────────────────────────   stopped again
//
// Many machines have none (hosted runners, most virtual machines); each function then says why.
// *Software-defined* events (sde:::rooflab::…, see cache_events.h) are counted by a program for
// itself and exist everywhere, so that this very code is tested everywhere.
//
// PAPI counts for the thread that calls it: make all calls from one thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rooflab::harness {

/// Why there is no count, in words for people.
struct Unmeasured {
  std::string reason;
};

/// A result, or why there is none.
template <class T>
using Measured = std::variant<T, Unmeasured>;

/// Counts by the name of their event.
using Counts = std::map<std::string, std::int64_t, std::less<>>;

/// PAPI itself. It is started once a process and never shut down: event sets may outlive any scope
/// that could do it, and the process's end frees all it holds.
class PapiLibrary {
 public:
  /// Nothing when PAPI is ready; else why it cannot be used.
  [[nodiscard]] static const std::optional<Unmeasured>& start();
  /// Of the library that runs, such as "7.0.0.0"; "unknown" when it cannot be used.
  [[nodiscard]] static std::string version();
};

/// Events that are counted together, from start() to stop().
class CounterSet {
 public:
  /// Events of this thread, or, given a process, of that process and the threads it starts from now
  /// on. Nothing is counted yet. Events that cannot all be counted all the time are refused: PAPI
  /// could share counters out in turns (multiplexing), but would then estimate.
  [[nodiscard]] static Measured<CounterSet> create(std::vector<std::string> events,
                                                   std::optional<pid_t> process = std::nullopt);
  CounterSet(CounterSet&& other) noexcept;
  CounterSet(const CounterSet&) = delete;
  CounterSet& operator=(const CounterSet&) = delete;
  CounterSet& operator=(CounterSet&&) = delete;
  ~CounterSet();

  /// Counts from zero. PAPI runs one set of a kind (hardware, software-defined) at a time.
  [[nodiscard]] std::optional<Unmeasured> start();
  /// The counts since start() or reset(); they go on. A counter that shows less than before (it
  /// wrapped around, or somebody reset it) spoils all counts until the next start().
  [[nodiscard]] Measured<Counts> read();
  /// The last counts. Precondition of a further read(): start().
  [[nodiscard]] Measured<Counts> stop();
  /// Goes on counting from zero.
  [[nodiscard]] std::optional<Unmeasured> reset();

 private:
  explicit CounterSet(std::vector<std::string> events);
  [[nodiscard]] std::optional<Unmeasured> attach(pid_t process) const;
  [[nodiscard]] std::optional<Unmeasured> add_events() const;
  [[nodiscard]] Measured<Counts> accept(int status, const char* step);

  int set_;
  bool running_ = false;
  std::vector<std::string> events_;
  std::vector<long long> values_;  // where PAPI writes
  std::vector<long long> last_;    // what was accepted before
  std::optional<Unmeasured> spoiled_;
};

/// The counts of `process` while go() runs it. The process must be stopped, with one thread, when
/// this is called and when go() returns. go() is called only once counters are running; what it
/// throws passes through.
[[nodiscard]] Measured<Counts> count_call(pid_t process, const std::vector<std::string>& events,
                                          const std::function<void()>& go);

/// What this machine can count of what labs ask for.
struct HardwareCounters {
  bool available = false;  // PAPI_L1_DCM, the first-level data-cache misses
  std::string reason;      // why not; empty when available
  std::vector<std::string> events;
};

/// Tries each event on a walk through memory that makes every one of them count.
[[nodiscard]] HardwareCounters hardware_available();

/// Why there are no hardware counters and what to do about it, given what PAPI says of itself,
/// whether the system refused them (PAPI_EPERM), and its perf_event_paranoid, if it has one.
[[nodiscard]] std::string why_no_hardware(std::string_view papi_says, bool refused,
                                          std::optional<int> paranoid);

}  // namespace rooflab::harness
