// A worker whose one kernel executes a few instructions, each written down.
#include "steps.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

#include "worker/worker.h"

namespace rooflab::harness {
namespace {

void run(Steps steps) {
  switch (steps) {
    case Steps::nothing:
      return;
    case Steps::ten_packed:
      asm volatile(".rept 10\n vaddps %%ymm0, %%ymm0, %%ymm0\n .endr\n vzeroupper" : : : "xmm0");
      return;
    case Steps::dead_vectors: {  // five rounds of a loop that jumps over its vectors
      int rounds = 5;
      asm volatile(
          "1: addss %%xmm0, %%xmm0\n jmp 2f\n .rept 9\n vaddps %%ymm0, %%ymm0, %%ymm0\n .endr\n"
          "2: decl %0\n jnz 1b"
          : "+r"(rounds)
          :
          : "xmm0", "cc");
      return;
    }
    case Steps::ten_scalar:
      asm volatile(".rept 10\n addss %%xmm0, %%xmm0\n .endr" : : : "xmm0");
      return;
    case Steps::repeated_move: {
      std::array<std::byte, 512> from{};
      std::array<std::byte, 512> to;
      const std::byte* source = from.data();
      std::byte* target = to.data();
      std::size_t count = from.size();
      asm volatile("rep movsb" : "+S"(source), "+D"(target), "+c"(count) : : "memory");
      return;
    }
    case Steps::hidden:
      asm volatile("mov %%ss, %%eax\n mov %%eax, %%ss\n addss %%xmm0, %%xmm0" : : : "eax", "xmm0");
      return;
    case Steps::allocates: {
      void* place = mmap(nullptr, 1 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      munmap(place, 1 << 20);
      asm volatile("addss %%xmm0, %%xmm0" : : : "xmm0");
      return;
    }
    case Steps::prints: {
      [[maybe_unused]] const long written = syscall(SYS_write, 1, "", 0);
      return;
    }
    case Steps::divides_by_zero:
      asm volatile("xor %%ecx, %%ecx\n div %%ecx" : : : "eax", "ecx", "edx", "cc");
      return;
    case Steps::for_ever:
      asm volatile("1: jmp 1b");
      return;
  }
}

void steps(std::int64_t which) { run(static_cast<Steps>(which)); }

constexpr std::array kTable = {entry<steps>("steps")};

}  // namespace
const std::span<const Entry> kernels = kTable;

}  // namespace rooflab::harness
