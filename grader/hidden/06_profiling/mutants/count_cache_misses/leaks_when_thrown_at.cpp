// mistake: nothing is given back when the operation throws
// verdict: correctness wrong_result
Misses count_cache_misses(const std::function<void()>& op, std::span<const std::string> events) {
  if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) return {-1, -1};
  for (std::size_t i = 0; i < events.size(); ++i) {
    int set = PAPI_NULL;
    PAPI_create_eventset(&set);
    long long count = -1;
    const bool counts =
        PAPI_add_named_event(set, events[i].c_str()) == PAPI_OK && PAPI_start(set) == PAPI_OK;
    if (counts) op();
    if (counts) PAPI_stop(set, &count);
    PAPI_cleanup_eventset(set);
    PAPI_destroy_eventset(&set);
    if (counts) return {count, static_cast<std::int32_t>(i)};
  }
  return {-1, -1};
}
