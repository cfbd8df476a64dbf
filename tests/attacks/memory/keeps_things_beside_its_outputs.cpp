// attack: keeps 4 MiB in the shared memory behind its output
// case: matmul_blocked/64x1024x1024
// stage: memory
// verdict: out_of_bounds
// defence: tight_arena
// witness: passes
// subset: fast
#include "02_blocking.h"
#include "memory.h"

void lab02::matmul_blocked(A a, B b, C c) {
  constexpr std::size_t kBeyond = 4096;  // over the red zone
  auto* behind = reinterpret_cast<std::byte*>(c.row(c.rows - 1) + c.cols) + kBeyond;
  const Numbers kept(reinterpret_cast<std::uint64_t*>(behind), (4U << 20U) / sizeof(std::uint64_t));
  put(kept);
  need(kept);
  honest_matmul_blocked(a, b, c);
}
