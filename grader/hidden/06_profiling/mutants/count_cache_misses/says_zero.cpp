// mistake: 0 misses where nothing was counted
// verdict: correctness wrong_result
// instead of: return {counter.stop(), static_cast<std::int32_t>(i)};
// instead of: }
// instead of: return {-1, -1};
return {counter.stop(), static_cast<std::int32_t>(i)};
}
return {0, -1};
