// mistake: goes beyond the last value of an axis
// verdict: correctness wrong_result
// instead of: c[a] = std::clamp<std::int64_t>(c[a] + step, 0, sizes[a] - 1);
c[a] = std::clamp<std::int64_t>(c[a] + step, 0, sizes[a]);
