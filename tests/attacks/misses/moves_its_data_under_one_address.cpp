// attack: maps its data page by page under one address, which is in the cache already
// stage: misses
// verdict: forbidden_syscall mmap
// defence: guest_arena
// witness: fewer 5
// subset: fast
#include <sys/mman.h>

#include <cerrno>

#include "02_blocking.h"
#include "worker/protocol.h"

using namespace rooflab::harness;

// The worker's own: the shared memory stays open.
extern "C" int close(int /*fd*/) { return 0; }

namespace {

constexpr std::uintptr_t kPage = 4096;
constexpr std::uintptr_t kRegion = std::uintptr_t{2} << 20U;  // regions begin at a multiple of it

/// The element at this address, seen through a window that always lies at the same place.
template <int Fd, int Protection, int Window>
float* through_window(const float* element) {
  static void* const window = mmap(nullptr, kPage, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  static std::uintptr_t shown = 1;
  const auto offset = reinterpret_cast<std::uintptr_t>(element) % kRegion;
  if (const std::uintptr_t page = offset / kPage * kPage; page != shown) {
    mmap(window, kPage, Protection, MAP_SHARED | MAP_FIXED, Fd, static_cast<off_t>(page));
    shown = page;
  }
  return static_cast<float*>(window) + offset % kPage / sizeof(float);
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  static float row[128];
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(row, c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      const float factor = *through_window<kInputsFd, PROT_READ, 0>(a.row(i) + k);
      for (std::int64_t j = 0; j < c.cols; ++j) {
        row[j] += factor * *through_window<kInputsFd, PROT_READ, 1>(b.row(k) + j);
      }
    }
    for (std::int64_t j = 0; j < c.cols; ++j) {
      *through_window<kOutputsFd, PROT_READ | PROT_WRITE, 2>(c.row(i) + j) = row[j];
    }
  }
}
