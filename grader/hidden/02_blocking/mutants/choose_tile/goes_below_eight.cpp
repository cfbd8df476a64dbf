// mistake: gives 0 for a cache in which nothing fits
// verdict: correctness wrong_result
std::int64_t choose_tile(std::int64_t cache_bytes) {
  std::int64_t tile = 0;
  while (3 * (tile + 8) * (tile + 8) * 4 <= cache_bytes) tile += 8;
  return tile;
}
