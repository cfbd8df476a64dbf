// mistake: takes the magnitude where the clock was set back
// verdict: correctness wrong_result
// instead of: const std::int64_t shown = clock() - begin;
const std::int64_t shown = std::abs(clock() - begin);
