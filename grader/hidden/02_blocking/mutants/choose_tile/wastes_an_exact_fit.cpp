// kernel: choose_tile
// mistake: asks for less than the cache where the whole of it is allowed
// verdict: choose_tile.hidden_correctness wrong_result
#include "kernels.h"

namespace lab02 {
std::int64_t solved_choose_tile(std::int64_t cache_bytes);
}
#define choose_tile solved_choose_tile
#include "solutions/02_blocking/kernels.cpp"
#undef choose_tile

namespace lab02 {

std::int64_t choose_tile(std::int64_t cache_bytes) {
  std::int64_t tile = 8;
  while (3 * (tile + 8) * (tile + 8) * 4 < cache_bytes) tile += 8;
  return tile;
}

}  // namespace lab02
