#include "emulator/system_calls.h"

#include <linux/futex.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

namespace rooflab::harness {
namespace {

constexpr std::int64_t kGuestPid = 1;
constexpr std::uint64_t kSetThreadPointer = 0x1002;  // ARCH_SET_FS
constexpr std::uint64_t kMaxPieces = 1024;           // of one writev, as everywhere

// Nobody waits, since there is one thread; and nobody could wake it.
std::int64_t futex(const SystemCalls::Arguments& a) {
  constexpr std::uint64_t kCommand = ~std::uint64_t{FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME};
  const std::uint64_t command = a[1] & kCommand;
  return command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET ? 0 : -EAGAIN;
}

[[noreturn]] std::int64_t end(const SystemCalls::Arguments& a) {
  Ending::by_exit(static_cast<int>(a[0]));
}

}  // namespace

SystemCalls::SystemCalls(std::uint32_t architecture, GuestProcess process)
    : process_(std::move(process)), heap_end_(process_.memory.begin) {
  using S = SystemCalls;
  const auto by = [this](auto method) {
    return Handler([this, method](const Arguments& a) { return (this->*method)(a); });
  };
  const auto always = [](std::int64_t result) {
    return Handler([result](const Arguments& /*a*/) { return result; });
  };
  const std::pair<const char*, Handler> known[] = {
      {"brk", by(&S::brk)},
      {"mmap", by(&S::mmap)},
      {"munmap", by(&S::munmap)},
      {"mprotect", by(&S::mprotect)},
      {"madvise", by(&S::madvise)},
      {"mremap", always(-ENOMEM)},  // the C library then copies
      {"write", by(&S::write)},
      {"writev", by(&S::writev)},
      {"close", by(&S::close)},
      {"fstat", by(&S::fstat)},
      {"newfstatat", by(&S::fstat)},
      {"readlink", always(-ENOENT)},
      {"readlinkat", always(-ENOENT)},
      {"tgkill", by(&S::tgkill)},
      {"exit", end},
      {"exit_group", end},
      {"arch_prctl", by(&S::arch_prctl)},
      {"prlimit64", by(&S::prlimit64)},
      {"clock_gettime", by(&S::clock_gettime)},
      {"clock_getres", by(&S::clock_gettime)},
      {"gettimeofday", by(&S::gettimeofday)},
      {"getrandom", by(&S::getrandom)},
      {"sched_getaffinity", by(&S::sched_getaffinity)},
      {"getcpu", by(&S::getcpu)},
      {"getpid", always(kGuestPid)},
      {"gettid", always(kGuestPid)},
      {"set_tid_address", always(kGuestPid)},
      {"futex", futex},
      // Handlers never run: the first fault ends the guest, and says what it was.
      {"rt_sigaction", always(0)},
      {"rt_sigprocmask", always(0)},
      {"sigaltstack", always(0)},
      {"set_robust_list", always(0)},
      {"rseq", always(-ENOSYS)},
      {"sched_yield", always(0)},
      {"nanosleep", always(0)},
      {"clock_nanosleep", always(0)},
  };
  for (const auto& [name, handler] : known) {
    const int number = seccomp_syscall_resolve_name_arch(architecture, name);
    if (number >= 0) handlers_.emplace(number, handler);
  }
}

std::int64_t SystemCalls::answer(int number, const Arguments& a) {
  current_ = number;
  const auto handler = handlers_.find(number);
  return handler != handlers_.end() ? handler->second(a) : forbidden(a);
}

std::int64_t SystemCalls::forbidden(const Arguments& a) const {
  if (process_.defences.guest_calls) {
    process_.ending.by({.signal = SIGSYS, .system_call = current_});
  }
  const long result = syscall(current_, a[0], a[1], a[2], a[3], a[4], a[5]);
  return result < 0 ? -errno : result;
}

std::int64_t SystemCalls::brk(const Arguments& a) {
  const std::uint64_t wanted = a[0];
  const Area& memory = process_.memory;
  const auto result = [&] { return static_cast<std::int64_t>(heap_end_); };
  if (wanted < memory.begin || wanted > memory.end) return result();
  const std::uint64_t old_end = page_end(heap_end_);
  const std::uint64_t new_end = page_end(wanted);
  if (new_end > old_end) {
    const auto access = access_of(PROT_READ | PROT_WRITE);
    if (!process_.space.take(memory, old_end, new_end - old_end, access)) return result();
  } else if (new_end < old_end) {
    process_.space.remove(memory, new_end, old_end - new_end);
  }
  heap_end_ = wanted;
  return result();
}

std::int64_t SystemCalls::mmap(const Arguments& a) {
  const auto [address, length, protection, flags, fd, offset] = a;
  if (asks_for_code(protection)) return forbidden(a);
  if ((flags & MAP_ANONYMOUS) == 0) return map_shared(a);
  const Area& memory = process_.memory;
  if (length == 0 || address % kPageBytes != 0) return -EINVAL;
  if (length > memory.end - memory.begin) return -ENOMEM;
  const std::uint64_t bytes = page_end(length);
  std::uint64_t place = address;
  if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) == 0) {
    const auto free = process_.space.highest_free(memory, bytes);
    if (!free) return -ENOMEM;
    place = *free;
  } else if (!memory.holds(place, bytes)) {
    return -ENOMEM;
  } else if ((flags & MAP_FIXED) != 0) {
    process_.space.remove(memory, place, bytes);
  }
  if (!process_.space.take(memory, place, bytes, access_of(protection))) return -EEXIST;
  return static_cast<std::int64_t>(place);
}

// The arena. Were a part of it to lie anywhere, at any time, a kernel could move its data under an
// address that is in the cache already.
std::int64_t SystemCalls::map_shared(const Arguments& a) {
  const auto [address, length, protection, flags, fd, offset] = a;
  const auto memory = std::ranges::find(process_.shared, static_cast<int>(fd), &SharedMemory::fd);
  if (memory == process_.shared.end()) return -EBADF;
  if ((protection & PROT_WRITE) != 0 && (memory->access & UC_PROT_WRITE) == 0) return -EACCES;
  const std::uint64_t bytes = page_end(length);
  if (offset % kPageBytes != 0 || offset > memory->host.size() ||
      bytes > memory->host.size() - offset) {
    return -EINVAL;
  }
  const bool whole = bytes == memory->host.size();
  const bool in_place = address == 0 || address == memory->address;
  if (process_.defences.guest_arena && (memory->mapped || !whole || !in_place)) {
    return forbidden(a);
  }
  const std::uint64_t place = address == 0 ? memory->address : address;
  if ((flags & MAP_FIXED) != 0 && process_.memory.holds(place, bytes)) {
    process_.space.remove(process_.memory, place, bytes);
  }
  if (!process_.space.place(place, memory->host.subspan(offset, bytes), access_of(protection))) {
    return -EEXIST;
  }
  memory->mapped = true;
  return static_cast<std::int64_t>(place);
}

std::int64_t SystemCalls::munmap(const Arguments& a) {
  const std::uint64_t bytes = page_end(a[1]);
  if (a[0] % kPageBytes != 0 || bytes == 0 || !process_.memory.holds(a[0], bytes)) return -EINVAL;
  process_.space.remove(process_.memory, a[0], bytes);
  return 0;
}

std::int64_t SystemCalls::mprotect(const Arguments& a) {
  const std::uint64_t bytes = page_end(a[1]);
  if (asks_for_code(a[2])) return forbidden(a);
  if (a[0] % kPageBytes != 0) return -EINVAL;
  for (const SharedMemory& memory : process_.shared) {
    if (a[0] < memory.address + memory.host.size() && memory.address < a[0] + bytes) return -EACCES;
  }
  return process_.space.protect(a[0], bytes, access_of(a[2])) ? 0 : -ENOMEM;
}

std::int64_t SystemCalls::madvise(const Arguments& a) const {
  const std::uint64_t bytes = page_end(a[1]);
  const Area& memory = process_.memory;
  if (a[2] == MADV_DONTNEED && memory.holds(a[0], bytes)) {
    ::madvise(memory.host + (a[0] - memory.begin), bytes, MADV_DONTNEED);
  }
  return 0;
}

std::int64_t SystemCalls::write(const Arguments& a) const {
  const auto [fd, address, length, unused3, unused4, unused5] = a;
  if (fd != STDOUT_FILENO && fd != STDERR_FILENO && fd != kBellFd) return forbidden(a);
  std::array<std::byte, 4096> chunk{};
  const std::uint64_t bytes = std::min<std::uint64_t>(length, chunk.size());
  const auto text = std::span(chunk).first(bytes);
  if (!process_.space.read(address, text)) return -EFAULT;
  const ssize_t written = ::write(static_cast<int>(fd), text.data(), text.size());
  return written < 0 ? -errno : written;
}

std::int64_t SystemCalls::writev(const Arguments& a) const {
  std::int64_t total = 0;
  for (std::uint64_t i = 0; i < std::min(a[2], kMaxPieces); ++i) {
    std::array<std::uint64_t, 2> piece{};  // an iovec
    if (!process_.space.read(a[1] + i * sizeof(piece), std::as_writable_bytes(std::span(piece)))) {
      return -EFAULT;
    }
    const std::int64_t written = write({a[0], piece[0], piece[1]});
    if (written < 0) return total > 0 ? total : written;
    total += written;
    if (static_cast<std::uint64_t>(written) < piece[1]) break;
  }
  return total;
}

std::int64_t SystemCalls::close(const Arguments& a) {
  const auto memory = std::ranges::find(process_.shared, static_cast<int>(a[0]), &SharedMemory::fd);
  if (memory == process_.shared.end()) return forbidden(a);
  memory->fd = -1;
  return 0;
}

std::int64_t SystemCalls::fstat(const Arguments& a) const {
  if (a[0] != STDOUT_FILENO && a[0] != STDERR_FILENO) return forbidden(a);
  return -EBADF;  // the C library then takes it for a file, and prints all the same
}

std::int64_t SystemCalls::tgkill(const Arguments& a) const {
  constexpr auto kSelf = static_cast<std::uint64_t>(kGuestPid);
  if (a[0] != kSelf || a[1] != kSelf) return forbidden(a);
  if (a[2] == SIGSTOP) {
    process_.stop();
    return 0;
  }
  process_.ending.by({.signal = static_cast<std::int32_t>(a[2])});
}

std::int64_t SystemCalls::arch_prctl(const Arguments& a) const {
  if (a[0] != kSetThreadPointer) return -EINVAL;
  process_.set_thread_pointer(a[1]);
  return 0;
}

std::int64_t SystemCalls::prlimit64(const Arguments& a) const {
  if (a[0] != 0 || a[2] != 0) return forbidden(a);
  const std::uint64_t stack = Limits{}.stack_bytes;
  const std::uint64_t value = a[1] == RLIMIT_STACK ? stack : RLIM_INFINITY;
  return put(a[3], std::array{value, value});
}

std::int64_t SystemCalls::clock_gettime(const Arguments& a) const {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t now = process_.clock_ns();
  return put(a[1], std::array{now / kSecond, now % kSecond});
}

std::int64_t SystemCalls::gettimeofday(const Arguments& a) const {
  const std::int64_t now = process_.clock_ns() / 1000;
  return put(a[0], std::array{now / 1'000'000, now % 1'000'000});
}

std::int64_t SystemCalls::getrandom(const Arguments& a) const {
  const std::uint64_t bytes = std::min<std::uint64_t>(a[1], 256);
  for (std::uint64_t i = 0; i < bytes; ++i) {
    if (put(a[0] + i, static_cast<std::uint8_t>(i * 89 + 7)) < 0) return -EFAULT;
  }
  return static_cast<std::int64_t>(bytes);
}

std::int64_t SystemCalls::sched_getaffinity(const Arguments& a) const {
  constexpr std::uint64_t kFirst = 1;
  if (a[1] < sizeof(kFirst)) return -EINVAL;
  const std::int64_t failed = put(a[2], kFirst);
  return failed < 0 ? failed : static_cast<std::int64_t>(sizeof(kFirst));
}

std::int64_t SystemCalls::getcpu(const Arguments& a) const {
  for (const std::uint64_t place : {a[0], a[1]}) {
    if (place != 0 && put(place, std::uint32_t{0}) < 0) return -EFAULT;
  }
  return 0;
}

bool SystemCalls::asks_for_code(std::uint64_t protection) const {
  return (protection & PROT_EXEC) != 0 && process_.defences.guest_code;
}

std::uint32_t SystemCalls::access_of(std::uint64_t protection) const {
  if (protection == PROT_NONE) return UC_PROT_NONE;
  std::uint32_t access = UC_PROT_READ;
  if ((protection & PROT_WRITE) != 0) access |= UC_PROT_WRITE;
  if (!process_.defences.guest_code) access |= UC_PROT_EXEC;
  return access;
}

template <class T>
std::int64_t SystemCalls::put(std::uint64_t address, const T& value) const {
  if (address == 0) return 0;  // not wanted
  return process_.space.write(address, std::as_bytes(std::span(&value, 1))) ? 0 : -EFAULT;
}

}  // namespace rooflab::harness
