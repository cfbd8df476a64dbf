// mistake: throws before it lets the next item begin
// verdict: correctness timed_out
// instead of: if (following < state.count) state.begin(following);
// instead of: if (made.error) std::rethrow_exception(made.error);
if (made.error) std::rethrow_exception(made.error);
if (following < state.count) state.begin(following);
