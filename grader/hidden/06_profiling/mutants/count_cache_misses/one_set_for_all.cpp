// mistake: events that do not start stay in the set, and keep others from starting
// verdict: correctness wrong_result
Misses count_cache_misses(const std::function<void()>& op, std::span<const std::string> events) {
  Misses misses{-1, -1};
  int set = PAPI_NULL;
  if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) return misses;
  PAPI_create_eventset(&set);
  for (std::size_t i = 0; i < events.size() && misses.event < 0; ++i) {
    if (PAPI_add_named_event(set, events[i].c_str()) != PAPI_OK) continue;
    if (PAPI_start(set) != PAPI_OK) continue;
    op();
    long long count = 0;
    PAPI_stop(set, &count);
    misses = {count, static_cast<std::int32_t>(i)};
  }
  PAPI_cleanup_eventset(set);
  PAPI_destroy_eventset(&set);
  return misses;
}
