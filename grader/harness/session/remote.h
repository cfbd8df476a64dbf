// A kernel call as a worker call. proxies.cpp defines each kernel of a lab as one:
//
//   void matmul_blocked(A a, B b, C c) { rooflab::harness::remote("matmul_blocked", a, b, c); }
//
// so that tests and benchmarks, which call plain functions, run the submission without linking it.
#pragma once

#include <rooflab/view.h>

#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "session/worker_process.h"

namespace rooflab::harness {

/// The worker that answers remote calls of this process, started when it is first needed and again
/// after it is gone.
class Session {
 public:
  /// With one thread, calls come between pilots. With more, the harness gives way to them.
  enum class Timed { no, one_thread, threads };
  struct Options {
    std::string program;  // path of the worker, or of the emulator that runs it
    Policy policy;
    Deadline deadline;
    std::size_t input_bytes = std::size_t{16} << 20U;
    std::size_t output_bytes = std::size_t{16} << 20U;
    bool populate = false;  // fault the arena in at launch, for timing
    Timed timed = Timed::no;
    bool fixed_places = false;  // the same place for the same call, for counting cache misses
    const Emulated* emulated = nullptr;  // what the emulator runs; it must outlive the session
    Observer* observer = nullptr;        // of each call; it must outlive the session
    std::shared_ptr<Arena> arena;        // to share with sessions whose workers never live at once
  };

  /// Throws std::system_error when the program cannot be opened.
  explicit Session(Options options);

  [[nodiscard]] Arena& arena() { return *arena_; }
  /// Runs the request that is in the arena. Throws KernelFailure or LaunchError.
  void call();
  /// Starts the worker unless it is there, without waiting for it: there may be something else to
  /// do meanwhile. Throws LaunchError or KernelFailure.
  void start_worker();
  /// The worker, started and ready. Throws LaunchError or KernelFailure.
  WorkerProcess& worker();
  /// Ends the worker; the next call starts a fresh one.
  void end_worker() { worker_.reset(); }
  [[nodiscard]] const CallCost& last_cost() const { return last_cost_; }
  [[nodiscard]] const Defences& defences() const { return options_.policy.defences; }
  [[nodiscard]] const Limits& limits() const { return options_.policy.limits; }

  /// The session that remote() uses: the one that was set, else one for the worker that the
  /// environment names (ROOFLAB_WORKER, and ROOFLAB_THREADS). Throws LaunchError when it names
  /// none.
  static Session& current();
  static void set_current(Session* session);

 private:
  [[nodiscard]] CallCost timed_call();

  Options options_;
  Fd program_;
  Allowance allowance_;
  std::shared_ptr<Arena> arena_;
  std::optional<WorkerProcess> worker_;
  std::uint64_t processors_;  // one for each thread of a timed worker; 0: it goes where it likes
  CallCost last_cost_;
  // What hung is not tried again: each hang takes seconds.
  std::string hung_kernel_;
  bool never_starts_ = false;
};

namespace detail {

/// A run of bytes to copy back after the call.
struct CopyBack {
  std::byte* to;
  std::int64_t offset;
  std::size_t bytes;
};

/// One call being put together.
class CallBuilder {
 public:
  CallBuilder(Arena& arena, std::string_view kernel);

  /// Elements that the kernel reads, or (if T is not const) writes. Outputs come first to be
  /// placed, so that an input which is the same memory as an output can be given the same place.
  template <class T>
  void place_output(std::size_t index, T* data, std::size_t count) {
    if constexpr (!std::is_const_v<T>) place(index, std::as_writable_bytes(std::span(data, count)));
  }
  template <class T>
  void place_input(std::size_t index, T* data, std::size_t count) {
    if constexpr (std::is_const_v<T>) place(index, std::as_bytes(std::span(data, count)));
  }
  void dims(std::size_t index, std::array<std::int64_t, 4> dims) {
    arena_.control().arguments[index].dims = dims;
  }
  /// After the call: red zones, then everything written copied back. Throws KernelFailure.
  void finish(bool check_red_zones);

 private:
  void place(std::size_t index, std::span<std::byte> output);
  void place(std::size_t index, std::span<const std::byte> input);

  Arena& arena_;
  std::string_view kernel_;  // the control page's is also the worker's to write
  std::vector<CopyBack> copies_;
};

template <class T>
std::size_t footprint(const MatrixView<T>& m) {
  return m.rows == 0 || m.cols == 0 ? 0
                                    : static_cast<std::size_t>((m.rows - 1) * m.stride + m.cols);
}

/// How each type of parameter goes into an Argument. `pass` 0 places outputs, 1 inputs and values.
template <class T>
void put(CallBuilder& builder, std::size_t index, int pass, const MatrixView<T>& m) {
  if (pass == 0) return builder.place_output(index, m.data, footprint(m));
  builder.place_input(index, m.data, footprint(m));
  builder.dims(index, {m.rows, m.cols, m.stride, 0});
}
template <class T>
void put(CallBuilder& builder, std::size_t index, int pass, const Tensor4View<T>& t) {
  const auto size = static_cast<std::size_t>(t.size());
  if (pass == 0) return builder.place_output(index, t.data, size);
  builder.place_input(index, t.data, size);
  builder.dims(index, {t.batch, t.channels, t.height, t.width});
}
template <class T>
void put(CallBuilder& builder, std::size_t index, int pass, const std::span<T>& s) {
  if (pass == 0) return builder.place_output(index, s.data(), s.size());
  builder.place_input(index, s.data(), s.size());
  builder.dims(index, {static_cast<std::int64_t>(s.size()), 0, 0, 0});
}
template <class T>
requires is_value<T>
void put(CallBuilder& builder, std::size_t index, int pass, const T& value) {
  if (pass == 0) return;
  std::array<std::int64_t, 4> dims{};
  std::memcpy(dims.data(), &value, sizeof(value));
  builder.dims(index, dims);
}

}  // namespace detail

/// Runs a kernel in the current session's worker. Result is void or a value. Throws KernelFailure
/// when the kernel did not come back, wrote outside its outputs or threw.
template <class Result = void, class... Args>
Result remote(std::string_view kernel, const Args&... args) {
  static_assert(sizeof...(Args) <= kMaxArguments);
  Session& session = Session::current();
  session.worker();  // before the control page is written: a launch clears it
  detail::CallBuilder builder(session.arena(), kernel);
  for ([[maybe_unused]] const int pass : {0, 1}) {
    [[maybe_unused]] std::size_t index = 0;
    (detail::put(builder, index++, pass, args), ...);
  }
  session.call();
  builder.finish(session.defences().red_zones);
  if constexpr (!std::is_void_v<Result>) {
    const std::int64_t bits = session.arena().control().result;
    Result result;
    std::memcpy(&result, &bits, sizeof(result));
    return result;
  }
}

}  // namespace rooflab::harness
