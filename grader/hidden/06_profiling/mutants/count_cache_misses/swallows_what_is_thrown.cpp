// mistake: what the operation throws is lost
// verdict: correctness wrong_result
Misses count_cache_misses(const std::function<void()>& op, std::span<const std::string> events) {
  const auto quiet = [&] {
    try {
      op();
    } catch (...) {
      return;
    }
  };
  return solution(quiet, events);
}
