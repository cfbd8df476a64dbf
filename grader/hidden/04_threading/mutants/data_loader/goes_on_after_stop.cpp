// mistake: gives what is made already, after stop()
// verdict: correctness wrong_result
// instead of: if (state.stopped) return std::nullopt;
if (state.stopped && !place) return std::nullopt;
