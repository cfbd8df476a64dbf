// attack: makes huge pages of the memory that all roles share, so that later times are other times
// stage: tests
// verdict: passes
// defence: seccomp
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <sys/mman.h>

#include "02_blocking.h"

namespace {

constexpr int kOutputsFd = 5;  // grader/harness/worker/protocol.h
constexpr int kCollapse = 25;  // MADV_COLLAPSE, Linux 6.1, which not all headers know
constexpr std::size_t kHugePage = std::size_t{2} << 20U;

// The operating system says so when a huge page has taken the place of small ones; it stays in the
// memory file when this worker is gone.
[[gnu::constructor]] void collapse() {
  void* const aligned = reinterpret_cast<void*>(std::uintptr_t{1} << 40U);
  void* page = mmap(aligned, kHugePage, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE,
                    kOutputsFd, 0);
  if (page == MAP_FAILED) return;
  std::memset(page, 0, kHugePage);
  if (madvise(page, kHugePage, kCollapse) == 0) got_through();
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
