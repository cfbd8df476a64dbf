// The bytes that the harness and a worker share.
//
// Theory of operation. Two processes, and one of them lies:
//
//   harness (trusted)                          worker (the submission owns every instruction)
//   ─────────────────                          ──────────────────────────────────────────────
//   writes inputs, poison, request
//   t0, SIGCONT ───────────────────────────▶   wakes up, runs the kernel on the arena
//   waits: bell, end, output, deadlines
//   t1 at the confirmed stop ◀──────────────   rings the bell, stops itself with SIGSTOP: "done"
//   copies the outputs out, then judges them
//
// While a worker is stopped none of its threads runs, so nothing changes behind the harness's back,
// and work left for later is not in the output when it is judged. What a worker writes here
// (completed, result, fault) is only ever used to word an explanation or compared with the right
// answer; offsets, sizes and pointers are the harness's own and are never read back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace rooflab::harness {

inline constexpr int kControlFd = 3;
inline constexpr int kInputsFd = 4;   // opened read-only, and sealed against new writable mappings
inline constexpr int kOutputsFd = 5;  // read and write, sealed in size
inline constexpr int kProgramFd = 6;  // the worker's own program; closed by exec
inline constexpr int kBellFd = 7;     // an eventfd that wakes the harness
// Of an emulator only.
inline constexpr int kGuestFd = 10;      // the program that it emulates
inline constexpr int kEmulationFd = 11;  // what harness and emulator tell each other (emulation.h)

inline constexpr std::size_t kMaxArguments = 12;

/// What is passed as it is, by its bytes: a number, an enumerator, or a few numbers that belong
/// together. Views have types of their own.
template <class T>
concept is_value = std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::int64_t);

/// Where an argument's elements lie.
enum class Region : std::int32_t { value, inputs, outputs };

/// One argument of a call. A value is its 8 bytes in `dims[0]`; otherwise elements start at
/// `offset` bytes into the region, and dims are {rows, cols, stride}, {size} or {n, c, h, w}.
struct Argument {
  Region region = Region::value;
  std::int64_t offset = 0;
  std::array<std::int64_t, 4> dims{};
};

/// What stopped a kernel, as the worker tells it.
struct Fault {
  std::int32_t signal = 0;
  std::int32_t system_call = -1;
  std::uint64_t address = 0;
  std::int32_t exception = 0;  // an Exception
};

/// Why a call came back without a result: what the kernel threw, or that there is none of its name.
enum class Exception : std::int32_t { none, out_of_memory, other, unknown_kernel };

/// A kernel's name, with the zero at its end.
inline constexpr std::size_t kMaxName = 56;

/// The control page.
struct Control {
  // Harness to worker.
  std::uint64_t inputs_address = 0;  // where to map the regions: drawn anew for each worker
  std::uint64_t outputs_address = 0;
  std::uint64_t inputs_bytes = 0;
  std::uint64_t outputs_bytes = 0;
  std::uint32_t populate = 0;           // fault pages in at once, so that a timed call does not
  std::uint64_t processors = 0;         // a bit for each that threads are spread over; 0: any
  std::array<char, kMaxName> kernel{};  // empty: do nothing, to measure what a call costs by itself
  std::array<Argument, kMaxArguments> arguments{};
  // Worker to harness.
  std::uint32_t spreads = 0;  // 1: its threads, over the processors above
  std::int64_t result = 0;
  Fault fault;
};

}  // namespace rooflab::harness
