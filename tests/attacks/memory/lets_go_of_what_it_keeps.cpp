// attack: unmaps the pages of shared memory one after the other, which the system keeps for it
// stage: memory
// verdict: too_much_memory needs 64.0 MiB
// defence: asked_for
// witness: passes
// subset: fast
#include "02_blocking.h"
#include "memory.h"

namespace {

constexpr std::size_t kPiece = 4096;

template <class Do>
void piece_by_piece(Numbers all, Do act) {
  for (std::size_t first = 0; first < all.size(); first += kPiece) {
    const Numbers piece = all.subspan(first, kPiece);
    act(piece, first);
    madvise(piece.data(), piece.size_bytes(), MADV_DONTNEED);
  }
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  const Numbers kept = take(MAP_SHARED | MAP_ANONYMOUS);
  piece_by_piece(kept, put);
  piece_by_piece(kept, need);
  give_back(kept);
  honest_matmul_blocked(a, b, c);
}
