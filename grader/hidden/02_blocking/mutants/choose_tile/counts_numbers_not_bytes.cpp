// mistake: forgets that a float takes 4 bytes
// verdict: correctness wrong_result
std::int64_t choose_tile(std::int64_t cache_bytes) {
  std::int64_t tile = 8;
  while (3 * (tile + 8) * (tile + 8) <= cache_bytes) tile += 8;
  return tile;
}
