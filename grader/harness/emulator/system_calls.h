// SystemCalls: what a guest may ask of an operating system, answered without asking one.
//
// The list is that of a worker with one thread (sandbox.cpp), as far as static programs use it.
// Anything else ends the guest, with the call's name. Nothing that comes back differs from one run
// to the next: time is counted in instructions, and random bytes are always the same.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "emulator/address_space.h"
#include "emulator/ending.h"
#include "sandbox/sandbox.h"

namespace rooflab::harness {

/// Shared memory that a guest maps by a descriptor.
struct SharedMemory {
  int fd = -1;
  std::uint64_t address = 0;  // the only place where it may lie
  std::span<std::byte> host;
  std::uint32_t access = 0;
  bool mapped = false;
};

/// What the calls work on.
struct GuestProcess {
  AddressSpace& space;
  Area memory;  // for brk, from its beginning up, and mmap, from its end down
  std::vector<SharedMemory> shared;
  Ending ending;
  Defences defences;
  std::function<std::int64_t()> clock_ns;
  std::function<void(std::uint64_t)> set_thread_pointer;
  std::function<void()> stop;  // returns at "go"
};

class SystemCalls {
 public:
  using Arguments = std::array<std::uint64_t, 6>;

  /// `architecture` is libseccomp's: it says which number means which call.
  SystemCalls(std::uint32_t architecture, GuestProcess process);
  SystemCalls(const SystemCalls&) = delete;
  SystemCalls& operator=(const SystemCalls&) = delete;
  ~SystemCalls() = default;

  /// The result, or minus an error number.
  [[nodiscard]] std::int64_t answer(int number, const Arguments& arguments);

 private:
  using Handler = std::function<std::int64_t(const Arguments&)>;

  /// Ends the guest. (A test build without that defence makes the call instead.)
  [[nodiscard]] std::int64_t forbidden(const Arguments& arguments) const;
  std::int64_t brk(const Arguments& arguments);
  std::int64_t mmap(const Arguments& arguments);
  std::int64_t map_shared(const Arguments& arguments);
  std::int64_t munmap(const Arguments& arguments);
  std::int64_t mprotect(const Arguments& arguments);
  [[nodiscard]] std::int64_t madvise(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t write(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t writev(const Arguments& arguments) const;
  std::int64_t close(const Arguments& arguments);
  [[nodiscard]] std::int64_t fstat(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t tgkill(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t arch_prctl(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t prlimit64(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t clock_gettime(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t gettimeofday(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t getrandom(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t sched_getaffinity(const Arguments& arguments) const;
  [[nodiscard]] std::int64_t getcpu(const Arguments& arguments) const;
  [[nodiscard]] bool asks_for_code(std::uint64_t protection) const;
  [[nodiscard]] std::uint32_t access_of(std::uint64_t protection) const;
  template <class T>
  std::int64_t put(std::uint64_t address, const T& value) const;

  std::unordered_map<int, Handler> handlers_;
  GuestProcess process_;
  std::uint64_t heap_end_;
  int current_ = -1;
};

}  // namespace rooflab::harness
