// mistake: the count is cut to 32 bits
// verdict: correctness wrong_result
// instead of: return {counter.stop(), static_cast<std::int32_t>(i)};
return {static_cast<std::int32_t>(counter.stop()), static_cast<std::int32_t>(i)};
