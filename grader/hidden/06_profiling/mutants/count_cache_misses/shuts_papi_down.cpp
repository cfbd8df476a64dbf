// mistake: shuts PAPI down when it is done
// verdict: correctness wrong_result
// instead of: return {counter.stop(), static_cast<std::int32_t>(i)};
// instead of: }
const std::int64_t count = counter.stop();
PAPI_shutdown();
return {count, static_cast<std::int32_t>(i)};
}
