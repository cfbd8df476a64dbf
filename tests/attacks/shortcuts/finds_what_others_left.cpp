// attack: looks, before main, for anything that an earlier turn left in the memory it may map
// stage: timing
// verdict: passes
// defence: scrub
// witness: exited 77
#include <sys/mman.h>

#include <array>

#include "02_blocking.h"
#include "worker/protocol.h"

namespace {

using namespace rooflab::harness;

const std::byte* map(int fd, std::size_t bytes) {
  void* mapped = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd, 0);
  return mapped == MAP_FAILED ? nullptr : static_cast<const std::byte*>(mapped);
}

bool holds_anything(const std::byte* memory, std::size_t bytes) {
  return std::any_of(memory, memory + bytes, [](std::byte byte) { return byte != std::byte{}; });
}

[[gnu::constructor]] void look() {
  // A control page holds what this worker was told before its start, and nothing behind that.
  constexpr std::size_t kTold = offsetof(Control, kernel);
  alignas(Control) std::array<std::byte, 4096> unused{};
  new (unused.data()) Control{};
  const std::byte* page = map(kControlFd, unused.size());
  const auto& control = *reinterpret_cast<const Control*>(page);
  if (std::memcmp(page + kTold, unused.data() + kTold, unused.size() - kTold) != 0 ||
      holds_anything(map(kInputsFd, control.inputs_bytes), control.inputs_bytes) ||
      holds_anything(map(kOutputsFd, control.outputs_bytes), control.outputs_bytes)) {
    got_through();
  }
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
