// attack: overwrites the first instructions of the clock that the C library offers
// stage: timing
// verdict: forbidden_syscall mprotect
// defence: process
// witness: faster 5
#include <sys/mman.h>

#include <ctime>

#include "02_blocking.h"

namespace {

int slow_clock(clockid_t clock, timespec* time) {
  const long done = syscall(SYS_clock_gettime, clock, time);
  const long ns = (time->tv_sec * 1'000'000'000 + time->tv_nsec) / 50;
  *time = {ns / 1'000'000'000, ns % 1'000'000'000};
  return static_cast<int>(done);
}

[[gnu::constructor]] void patch() {
  auto* code = reinterpret_cast<unsigned char*>(&clock_gettime);
  const auto page = reinterpret_cast<std::uintptr_t>(code) / 4096 * 4096;
  if (mprotect(reinterpret_cast<void*>(page), 8192, PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
    return;
  const auto target = reinterpret_cast<std::uintptr_t>(&slow_clock);
  const unsigned char jump[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};  // mov rax; jmp
  std::memcpy(code, jump, sizeof(jump));
  std::memcpy(code + 2, &target, sizeof(target));
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
