// mistake: does not round down to a multiple of 8
// verdict: correctness wrong_result
std::int64_t choose_tile(std::int64_t cache_bytes) {
  std::int64_t tile = 8;
  while (3 * (tile + 1) * (tile + 1) * 4 <= cache_bytes) tile += 1;
  return tile;
}
