// mistake: forgets one of the three tiles
// verdict: correctness wrong_result
std::int64_t choose_tile(std::int64_t cache_bytes) {
  std::int64_t tile = 8;
  while (2 * (tile + 8) * (tile + 8) * 4 <= cache_bytes) tile += 8;
  return tile;
}
