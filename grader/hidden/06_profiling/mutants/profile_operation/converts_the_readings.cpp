// mistake: converts the readings, which a double does not hold to the nanosecond
// verdict: correctness wrong_result
// instead of: const std::int64_t shown = clock() - begin;
const auto end = static_cast<double>(clock());
const auto shown = static_cast<std::int64_t>(end - static_cast<double>(begin));
